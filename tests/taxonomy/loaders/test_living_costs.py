"""Child-care rates and income limits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.living_costs import load_child_care_rates, load_income_limits
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Delivery, list_sources

Deliver = Callable[..., Delivery]


def _row(source_id: str, **cells: str) -> str:
    (table,) = next(s for s in list_sources() if s.id == source_id).tables
    values = [cells.get(column, cells["otherwise"]) for column in table.columns]
    return f"{','.join(table.columns)}\n{','.join(values)}\n"


def test_each_age_and_length_of_care_has_its_rate(deliver: Deliver) -> None:
    text = _row(
        "tx-child-care",
        region="ALAMO",
        provider_type="LCCC",
        provider_rating="TRS4",
        age_4yr_pt="36.00",
        otherwise="42.20",
    )

    found, report = load_child_care_rates(deliver("tx-child-care", {"tx_childcare_rates_by_lwda_bcy2026.csv": text}))

    assert len(found) == 16
    assert {(r.board, r.provider_type, r.rating, r.effective_year) for r in found} == {
        ("ALAMO", "licensed_center", "TRS4", 2026)
    }
    assert {r.care: r.usd_per_day for r in found if r.age_group == "4yr"} == {"full_time": 42.2, "part_time": 36.0}
    assert report.problems == []


def test_a_rate_that_is_no_number_is_unknown_and_reported(deliver: Deliver) -> None:
    text = _row(
        "tx-child-care", region="ALAMO", provider_type="LCCH", provider_rating="REG", age_2yr_ft="N/A", otherwise="40"
    )

    found, report = load_child_care_rates(deliver("tx-child-care", {"tx_childcare_rates_by_lwda_bcy2026.csv": text}))

    assert len(found) == 15
    assert [(p.column, p.value, p.action) for p in report.problems] == [("age_2yr_ft", "N/A", "value_unknown")]


def test_limits_stand_by_the_size_of_the_family(deliver: Deliver) -> None:
    text = _row(
        "hud-income-limits",
        county_fips="48029",
        year="2026",
        ami="88800",
        extremely_low_income_4="33000",
        very_low_income_1="31100",
        low_income_8="93800",
        otherwise="50000",
    )
    text += text.splitlines()[1].replace("2026", "2025") + "\n"

    (found,), report = load_income_limits(deliver("hud-income-limits", {"hud_section8_income_limits.csv": text}))

    assert (found.county_fips, found.year, found.median_family_income_usd) == ("48029", 2026, 88800)
    assert (found.extremely_low_usd[3], found.very_low_usd[0], found.low_usd[7]) == (33000, 31100, 93800)
    assert [(p.action, p.value) for p in report.problems] == [("rows_set_aside", "1")]


@pytest.mark.official
def test_every_texas_board_and_nearly_every_county_has_figures(official_data: Path) -> None:
    official = load_official([official_data / "cost_of_living"], list_sources())

    rates, limits = official.tables["child_care_rates"], official.tables["income_limits"]
    assert len({r.board for r in rates}) == 28
    assert len(rates) == 448 * 16
    assert len(limits) == 3229
    assert all(row.extremely_low_usd[0] <= row.very_low_usd[0] <= row.low_usd[0] for row in limits)
