"""Child-care rates, income limits, rents and wage ratios."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.living_costs import load_child_care_rates, load_income_limits, load_rents, load_wage_ratios
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


AREAS = "state,hud_fmr_area_code,year,bedrooms,value\n"
SMALL_AREAS = "zip_code,hud_area_name,year,bedrooms,value\n"


def test_rents_are_of_counties_towns_and_zip_codes_in_their_newest_year(deliver: Deliver) -> None:
    delivery = deliver(
        "hud-rents",
        {
            "hud_fair_market_rents.csv": f"{AREAS}TX,4802999999,2025,0,900\nTX,4802999999,2026,0,973.0\n"
            "CT,900104720,2026,2,1534\n",
            "hud_small_area_fmr.csv": f'{SMALL_AREAS}78207,"San Antonio, TX",2026,1,980\n',
        },
    )

    found, report = load_rents(delivery)

    assert [(r.area, r.area_kind, r.bedrooms, r.year, r.usd_per_month) for r in found] == [
        ("48029", "county", 0, 2026, 973.0),
        ("0900104720", "town", 2, 2026, 1534.0),
        ("78207", "zip", 1, 2026, 980.0),
    ]
    assert [(p.line, p.value, p.action) for p in report.problems] == [
        (4, "900104720", "repaired"),
        (0, "1", "rows_set_aside"),
    ]


@pytest.mark.parametrize("row", ["TX,48029,2026,0,900", "TX,4802999999,2026,6,900", "TX,4802999999,2026,0,-"])
def test_a_rent_without_area_rooms_or_amount_is_left_out_and_reported(deliver: Deliver, row: str) -> None:
    found, report = load_rents(deliver("hud-rents", {"hud_fair_market_rents.csv": f"{AREAS}{row}\n"}))

    assert found == []
    assert [(p.line, p.action) for p in report.problems] == [(2, "row_rejected")]


def test_a_wage_ratio_that_is_not_known_is_left_out(deliver: Deliver) -> None:
    text = (
        "year,state,county,ratio_living_wage,ratio_living_wage_quality\n"
        "2023,1,1,.628396,1\n2023,02,158,NA,NA\n2022,48,029,1.02,3\n"
    )

    found, report = load_wage_ratios(
        deliver("urban-wage-ratio", {"living_wage_ratio_county_all_longitudinal.csv": text})
    )

    assert [(r.county_fips, r.year, r.ratio, r.quality) for r in found] == [
        ("01001", 2023, 0.628396, 1),
        ("48029", 2022, 1.02, 3),
    ]
    assert [(p.line, p.value, p.reason) for p in report.problems] == [(3, "NA", "not given: NA")]
