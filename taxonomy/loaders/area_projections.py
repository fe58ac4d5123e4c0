"""States' employment projections: California's workbook, and a plain form that any state's figures can be put into."""

from taxonomy.codes import parse_soc_code
from taxonomy.loaders.projections import Projection
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.projections import AreaProjection
from taxonomy.release import LoadReport

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


def load_state_projections(delivery: Delivery) -> tuple[list[AreaProjection], LoadReport]:
    """The plain form, all areas in one file; the manifest says what each column holds. A blank cell is unknown."""
    report = LoadReport(delivery.release_id)
    found: dict[tuple[str, str], AreaProjection] = {}
    rows = Rows(delivery, "projections", report)
    for line, (code, area, base, target, *figures) in rows:
        soc = parse_soc_code(code)
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
