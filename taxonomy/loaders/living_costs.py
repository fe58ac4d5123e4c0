"""Child-care rates of workforce boards, HUD's income limits and rents, and pay against a living wage."""

import re

from taxonomy.living_costs import ChildCareRate, IncomeLimit, Rent, WageRatio
from taxonomy.loaders.records import WHOLE, Cell, needed, padded, read_records
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery
from taxonomy.release import LoadReport

_PROVIDER_TYPES = {
    "LCCC": "licensed_center",
    "LCCH": "licensed_home",
    "RCCH": "registered_home",
    "RELATIVE": "relative",
}
_CARE = {"ft": "full_time", "pt": "part_time"}
_BEDROOMS = {"0", "1", "2", "3", "4"}
_ZIP = 5
_WHOLE_COUNTY = "99999"
# The file writes ".628396", and NA where the publisher gives none.
_RATIO = Cell(lambda text: parse_number(f"0{text}" if text.startswith(".") else text), "given: NA", needed=True)


def load_child_care_rates(delivery: Delivery) -> tuple[list[ChildCareRate], LoadReport]:
    """Texas boards' most-paid rates, a record for each age and length of care."""
    report = LoadReport(delivery.release_id)
    found: list[ChildCareRate] = []
    rows = Rows(delivery, "rates", report)
    for line, (board, provider_type, rating, *rates) in rows:
        if provider_type not in _PROVIDER_TYPES:
            rows.leave_out(line, "provider_type", provider_type, "not a kind of provider we know")
            continue
        for column, text in zip(rows.spec.columns[3:], rates, strict=True):
            amount = rows.number(line, column, text)
            if amount is None:
                continue
            age, _, care = column.removeprefix("age_").rpartition("_")
            found.append(
                ChildCareRate(
                    state="TX",
                    board=board.strip(),
                    provider_type=_PROVIDER_TYPES[provider_type],
                    rating=rating.strip(),
                    age_group=age,
                    care=_CARE[care],
                    usd_per_day=amount,
                    effective_year=int(delivery.edition),
                    release=delivery.release_id,
                )
            )
        rows.keep()
    rows.close()
    return found, report


def load_income_limits(delivery: Delivery) -> tuple[list[IncomeLimit], LoadReport]:
    """HUD's limits of the newest year of the list; earlier years are set aside."""
    report = LoadReport(delivery.release_id)
    rows = Rows(delivery, "limits", report)
    lines = list(rows)
    newest = max((year for _, (_, year, *_) in lines), default="")
    found: dict[str, IncomeLimit] = {}
    for line, (fips, year, median, *limits) in lines:
        amounts = [parse_number(text) for text in (median, *limits)]
        if year != newest:
            rows.set_aside("an earlier year")
        elif len(fips) != 5 or not fips.isdigit() or fips in found:
            rows.leave_out(line, "county_fips", fips, "not five digits, or already given")
        elif None in amounts:
            rows.leave_out(line, "ami", median, "a limit is missing: the row's limits belong together")
        else:
            whole = [round(amount) for amount in amounts if amount is not None]
            # Columns stand by family size: extremely low, very low and low for one person, then for two.
            found[fips] = IncomeLimit(
                county_fips=fips,
                year=int(year),
                median_family_income_usd=whole[0],
                extremely_low_usd=tuple(whole[1::3]),
                very_low_usd=tuple(whole[2::3]),
                low_usd=tuple(whole[3::3]),
                release=delivery.release_id,
            )
            rows.keep()
    rows.close()
    return list(found.values()), report


def load_rents(delivery: Delivery) -> tuple[list[Rent], LoadReport]:
    """Fair market rents of counties, New England towns and, where HUD sets them, ZIP codes; the newest year of each.

    HUD's code of an area is ten digits: county and, for a whole county, 99999. Spreadsheets drop its first zero.
    """
    report = LoadReport(delivery.release_id)
    found: dict[tuple[str, int], Rent] = {}
    for table, digits in (("areas", 10), ("zips", 5)):
        if table in delivery.files:
            _load_rent_table(Rows(delivery, table, report), digits, found)
    return list(found.values()), report


def _load_rent_table(rows: Rows, digits: int, found: dict[tuple[str, int], Rent]) -> None:
    lines = list(rows)
    newest = max((year for _, (_, year, _, _) in lines), default="")
    for line, (code_text, year, bedrooms, usd) in lines:
        code, amount = code_text.strip(), parse_number(usd)
        if year != newest:
            rows.set_aside("an earlier year")
            continue
        if not re.fullmatch(rf"\d{{{digits - 1},{digits}}}", code) or bedrooms not in _BEDROOMS or not amount:
            rows.leave_out(line, rows.spec.columns[0], code_text, "not an area's code, a number of bedrooms and a rent")
            continue
        if len(code) < digits:
            rows.note(line, rows.spec.columns[0], code_text, action="repaired", reason="a leading zero was lost")
            code = code.zfill(digits)
        area, kind = (code, "zip") if digits == _ZIP else _rent_area(code)
        if (area, int(bedrooms)) in found:
            rows.leave_out(line, rows.spec.columns[0], code_text, "already given", action="merged")
            continue
        found[area, int(bedrooms)] = Rent(area, kind, int(bedrooms), int(year), amount, rows.release)
        rows.keep()
    rows.close()


def _rent_area(code: str) -> tuple[str, str]:
    return (code[:5], "county") if code.endswith(_WHOLE_COUNTY) else (code, "town")


def load_wage_ratios(delivery: Delivery) -> tuple[list[WageRatio], LoadReport]:
    """Urban's ratio of average pay to the living wage, each county and year; one that is not known is left out."""
    report = LoadReport(delivery.release_id)
    rows = Rows(delivery, "ratios", report)
    county = (Cell(padded(2), "a state's code", needed=True), Cell(padded(3), "a county's code", needed=True))
    found = read_records(
        rows,
        (needed(WHOLE), *county, _RATIO, needed(WHOLE)),
        lambda year, state, code, ratio, quality: WageRatio(state + code, year, ratio, quality, delivery.release_id),
        lambda r: (r.county_fips, r.year),
    )
    return found, report
