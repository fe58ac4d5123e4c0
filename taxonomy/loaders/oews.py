"""OEWS wage tables (national, state, metropolitan): one layout for all three."""

from collections.abc import Iterator
from dataclasses import replace

from taxonomy.codes import parse_soc_code
from taxonomy.loaders.groups import list_groups
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.occupations import ALL_WORK, Wage
from taxonomy.release import LoadReport

# Column of the record and of the table, lowest first.
_PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
_COLUMNS = ("H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90")

# AREA_TYPE of OEWS.
_NATION, _STATE, _TERRITORY, _METRO = "1", "2", "3", "4"

_TOP_CODE = "#"
_WITHHELD = ("*", "**")


def load_oews(delivery: Delivery) -> tuple[list[Wage], LoadReport]:
    """Hourly wage percentiles by area: of detailed occupations, members of published groups, and all work together.

    "#" marks a wage above the survey's ceiling and "*" one that is withheld; both become None and are named in the
    record. OEWS gives no hourly wage where hours vary over the year (teachers, pilots): dividing the annual figure by
    2,080 would invent those hours, so the record says "annual_only" instead.
    """
    report = LoadReport(delivery.release_id)
    wages: dict[tuple[str, str], Wage] = {}
    rows = Rows(delivery, "wages", report)
    for line, cells in rows:
        wage = _wage(rows, line, cells, delivery)
        if wage is None:
            continue
        if (wage.soc_code, wage.area) in wages:
            rows.leave_out(line, "OCC_CODE", wage.soc_code, "this occupation and area were already given")
            continue
        wages[wage.soc_code, wage.area] = wage
        rows.keep()
    rows.close()
    members = [m for wage in wages.values() for m in _members(wage) if (m.soc_code, m.area) not in wages]
    return [*wages.values(), *members], report


def _members(wage: Wage) -> Iterator[Wage]:
    """The group's figures for each member, saying so; how many work in one member alone nobody published."""
    for member in list_groups().get(wage.soc_code, ()):
        yield replace(wage, soc_code=member, employment=None, published_as=wage.soc_code)


def _wage(rows: Rows, line: int, cells: tuple[str, ...], delivery: Delivery) -> Wage | None:
    area_code, area_name, area_type, state, industry, _ownership, soc, group, employment, annual, *hourly = cells
    # Industry and ownership tables share this layout; wages here are of all industries together.
    if industry != "cross-industry" or not (group == "detailed" or soc.strip() == ALL_WORK):
        reason = "neither a detailed occupation nor all of them, over all industries"
        rows.leave_out(line, "O_GROUP", f"{industry}, {group}", reason)
        return None
    code = parse_soc_code(soc)
    area = _area(area_type, area_code, state)
    if code is None or area is None:
        rows.leave_out(line, "OCC_CODE", f"{soc}, area type {area_type}", "not a SOC code in a nation, state or metro")
        return None
    values: dict[str, float | None] = {}
    top_coded, withheld = [], []
    for name, column, text in zip(_PERCENTILES, _COLUMNS, hourly, strict=True):
        mark = text.strip()
        if mark == _TOP_CODE:
            top_coded.append(name)
        elif mark in _WITHHELD:
            withheld.append(name)
        known = mark != _TOP_CODE and mark not in _WITHHELD
        values[name] = rows.number(line, column, text) if known else None
    if annual.strip().upper() == "TRUE":
        withheld.append("annual_only")
    jobs = None
    if employment.strip() in _WITHHELD:
        withheld.append("employment")
    else:
        jobs = rows.number(line, "TOT_EMP", employment)
    return Wage(
        soc_code=code,
        area=area,
        area_name=area_name.strip(),
        year=int(delivery.edition),
        p10=values["p10"],
        p25=values["p25"],
        p50=values["p50"],
        p75=values["p75"],
        p90=values["p90"],
        employment=None if jobs is None else round(jobs),
        top_coded=tuple(top_coded),
        withheld=tuple(withheld),
        release=delivery.release_id,
    )


def _area(area_type: str, code: str, state: str) -> str | None:
    """Our area code: "US", a state's or territory's postal code, or a CBSA code."""
    area_type = area_type.strip()
    if area_type == _NATION:
        return "US"
    if area_type in (_STATE, _TERRITORY):
        return state.strip() or None
    return code.strip().zfill(5) if area_type == _METRO else None
