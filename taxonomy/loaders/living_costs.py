"""Child-care rates of workforce boards and HUD's income limits."""

from taxonomy.living_costs import ChildCareRate, IncomeLimit
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
