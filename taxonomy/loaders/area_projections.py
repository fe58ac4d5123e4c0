"""States' employment projections: California's workbook, and a plain form that any state's figures can be put into."""

import json
import re
from collections.abc import Mapping
from typing import Any

from taxonomy.codes import parse_soc_code
from taxonomy.loaders.files import SourceError
from taxonomy.loaders.geo import CountyKey, fold_county
from taxonomy.loaders.projections import Projection
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.projections import AreaProjection
from taxonomy.release import LoadReport, TableCount

_DETAILED = "4"  # California's level of detailed occupations; 1 to 3 are the total and groups


def load_california_projections(delivery: Delivery) -> tuple[list[AreaProjection], LoadReport]:
    """California's statewide projections: detailed occupations only.

    The workbook counts the openings of the whole period; a year's are those over its years.
    """
    report = LoadReport(delivery.release_id)
    base, target = _years(delivery.edition)
    found: dict[str, AreaProjection] = {}
    rows = Rows(delivery, "projections", report)
    for line, (level, code, employment, projected, growth, openings) in rows:
        soc = parse_soc_code(code)
        if level != _DETAILED or soc is None or soc in found:
            rows.leave_out(line, "SOC Level", level or code, "a total, a group, a note or a repetition")
            continue
        share = rows.number(line, "Percentage Change", growth)
        total = rows.number(line, "Total Job Openings", openings)
        found[soc] = AreaProjection(
            soc_code=soc,
            area="CA",
            employment=_whole(rows.number(line, "Base Year Employment", employment)),
            projected_employment=_whole(rows.number(line, "Projected Employment", projected)),
            growth_pct=None if share is None else round(share * 100, 1),
            openings_per_year=_whole(None if total is None else total / (target - base)),
            base_year=base,
            target_year=target,
            release=delivery.release_id,
        )
        rows.keep()
    rows.close()
    return list(found.values()), report


def load_california_regions(
    delivery: Delivery, cbsas: Mapping[CountyKey, tuple[str, str]]
) -> tuple[list[AreaProjection], LoadReport]:
    """California's regions that are whole metropolitan areas; divisions and groups of counties have no code here.

    Raises:
        SourceError: the file is not such JSON, or is cut short.
    """
    report = LoadReport(delivery.release_id)
    file = delivery.files["projections"]
    (spec,) = delivery.source.tables
    try:
        occupations: dict[str, dict[str, Any]] = json.loads(file.read())["occupations"]
        regions = [region for occupation in occupations.values() for region in occupation["regions"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{file.name} is not a list of occupations by region in JSON: {error}") from error
    if len(regions) < spec.minimum_rows:
        raise SourceError(f"{file.name}: {len(regions)} rows, at least {spec.minimum_rows} expected; is it cut short?")
    found: dict[tuple[str, str], AreaProjection] = {}
    for position, region in enumerate(regions, start=1):
        soc, years = parse_soc_code(str(region.get("soc_code"))), str(region.get("period"))
        area = _metro(str(region.get("area_name")), cbsas)
        if soc is None or area is None or not re.fullmatch(r"\d{4}-\d{4}", years) or (soc, area) in found:
            reason = "a region that is no metropolitan area of the delineation, or no code or years, or given before"
            value = f"{region.get('area_name')}, {region.get('soc_code')}"
            report.add(file.name, position, "area_name", value, action="row_rejected", reason=reason)
            continue
        base, target = _years(years)
        openings = region.get("total_job_openings")
        found[soc, area] = AreaProjection(
            soc_code=soc,
            area=area,
            employment=_whole(region.get("base_employment")),
            projected_employment=_whole(region.get("projected_employment")),
            growth_pct=region.get("percent_change"),
            openings_per_year=_whole(None if openings is None else openings / (target - base)),
            base_year=base,
            target_year=target,
            release=delivery.release_id,
        )
    report.counts.append(TableCount(file.name, len(regions), len(found)))
    return list(found.values()), report


def _metro(name: str, cbsas: Mapping[CountyKey, tuple[str, str]]) -> str | None:
    """The code of the metropolitan area that has the counties which "Fresno MSA (Fresno and Madera Counties)" names."""
    match = re.fullmatch(r".* MSA \((.+) Count(?:y|ies)\)", name)
    if match is None:
        return None
    counties = {fold_county(f"{county} County") for county in re.split(r", and |, | and ", match[1])}
    codes = {cbsas.get(("CA", county), ("", ""))[0] for county in counties}
    whole = {county for (state, county), (code, _) in cbsas.items() if state == "CA" and code in codes}
    return codes.pop() if len(codes) == 1 and whole == counties else None


def load_state_projections(
    delivery: Delivery, successors: Mapping[str, tuple[str, ...]]
) -> tuple[list[AreaProjection], LoadReport]:
    """The plain form, all areas in one file; the manifest says what each column holds. A blank cell is unknown.

    A SOC 2010 code that became one of 2018 is read as that (`successors`); one that was split has no single heir, and
    its figures are left out.
    """
    report = LoadReport(delivery.release_id)
    found: dict[tuple[str, str], AreaProjection] = {}
    current = {code for codes in successors.values() for code in codes}
    rows = Rows(delivery, "projections", report)
    for line, (code, area, base, target, *figures) in rows:
        soc = parse_soc_code(code)
        heirs = (soc,) if soc is None or soc in current else successors.get(soc, (soc,))
        if len(heirs) > 1:
            rows.leave_out(line, "soc_code", code, f"a SOC 2010 code that was split into {', '.join(map(str, heirs))}")
            continue
        if heirs[0] != soc:
            rows.note(line, "soc_code", code, action="repaired", reason=f"a SOC 2010 code, {heirs[0]} since 2018")
            soc = parse_soc_code(str(heirs[0]))
        if soc is None or not area.strip() or not (base.strip().isdigit() and target.strip().isdigit()):
            rows.leave_out(line, "soc_code", code, "needs a SOC code, an area and both years")
        elif (soc, area.strip()) in found:
            rows.leave_out(line, "soc_code", code, "this code and area were already given")
        else:
            employment, projected, growth, openings = (
                rows.number(line, column, text) if text.strip() else None
                for column, text in zip(rows.spec.columns[4:], figures, strict=True)
            )
            found[soc, area.strip()] = AreaProjection(
                soc_code=soc,
                area=area.strip(),
                employment=_whole(employment),
                projected_employment=_whole(projected),
                growth_pct=growth,
                openings_per_year=_whole(openings),
                base_year=int(base),
                target_year=int(target),
                release=delivery.release_id,
            )
            rows.keep()
    rows.close()
    return list(found.values()), report


def national_projections(delivery: Delivery, projections: dict[str, Projection]) -> list[AreaProjection]:
    """The nation's projections in the same form as the states'."""
    base, target = _years(delivery.edition)
    return [
        AreaProjection(
            soc_code=p.soc_code,
            area="US",
            employment=p.employment,
            projected_employment=None,
            growth_pct=p.growth_pct,
            openings_per_year=p.openings_per_year,
            base_year=base,
            target_year=target,
            release=p.release,
        )
        for p in projections.values()
    ]


def _years(edition: str) -> tuple[int, int]:
    """Base and target year of an edition such as "2023-2033"."""
    base, _, target = edition.partition("-")
    return int(base), int(target)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
