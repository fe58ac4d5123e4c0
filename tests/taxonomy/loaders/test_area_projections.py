"""States' projections from California's workbook and from the plain form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.assemble import assemble
from taxonomy.loaders.area_projections import (
    load_california_projections,
    load_state_projections,
)
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Delivery, list_sources

Deliver = Callable[..., Delivery]
HEADER = [
    "SOC Level[1]",
    "SOC Code[2]",
    "Base Year Employment Estimate 2023[4][5]",
    "Projected Year Employment Estimate 2033",
    "Percent-age Change 2023-2033",
    "Total Job Openings\n[9]",
]
TITLE = ["2023-2033 Occupational Employment Projections", "", "", "", "", ""]
PLAIN = "soc_code,area,base_year,target_year,employment,projected_employment,growth_pct,openings_per_year\n"


def test_californias_figures_become_those_of_a_year(deliver: Deliver) -> None:
    rows = [
        TITLE,
        ["California", *[""] * 5],
        ["Statewide", *[""] * 5],
        HEADER,
        [3, "31-1000", 500000, 600000, 0.2, 900000],
        [4, "31-1131", 101700, 110200, 0.0836, 156310],
        ["End of worksheet.", *[""] * 5],
    ]

    (found,), report = load_california_projections(
        deliver("ca-projections", {"edd_long_term_occ_projections_2023-2033.xlsx": rows})
    )

    assert (found.soc_code, found.area, found.base_year, found.target_year) == ("31-1131", "CA", 2023, 2033)
    assert (found.employment, found.projected_employment) == (101700, 110200)
    assert (found.growth_pct, found.openings_per_year) == (8.4, 15631)
    assert [(p.line, p.value) for p in report.problems] == [(5, "3"), (7, "End of worksheet.")]


def test_the_plain_form_keeps_unknown_apart_from_zero(deliver: Deliver) -> None:
    text = PLAIN + "31-1131,TX,2022,2032,98000,,0,14000\n31-1131,41700,2022,2032,,,4.5,\n"

    found, report = load_state_projections(deliver("state-projections", {"state_projections_2026.csv": text}))

    assert [(p.area, p.employment, p.growth_pct, p.openings_per_year) for p in found] == [
        ("TX", 98000, 0.0, 14000),
        ("41700", None, 4.5, None),
    ]
    assert report.problems == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("health aides,TX,2022,2032,1,1,1,1", "needs a SOC code, an area and both years"),
        ("31-1131,TX,,2032,1,1,1,1", "needs a SOC code, an area and both years"),
        ("31-1131,OH,2022,2032,1,1,1,1", "this code and area were already given"),
    ],
)
def test_a_row_of_the_plain_form_that_says_nothing_sure_is_left_out(deliver: Deliver, row: str, reason: str) -> None:
    text = f"{PLAIN}31-1131,OH,2022,2032,1,1,1,1\n{row}\n"

    found, report = load_state_projections(deliver("state-projections", {"state_projections_2026.csv": text}))

    assert len(found) == 1
    assert [(p.line, p.reason) for p in report.problems] == [(3, reason)]


def test_a_states_own_figures_reach_the_snapshot(tmp_path: Path) -> None:
    (tmp_path / "state_projections_2026.csv").write_text(f"{PLAIN}31-1131,TX,2022,2032,98000,,0,14000\n")

    contents = assemble([tmp_path])

    assert [(p.area, p.openings_per_year) for p in contents.tables["projections"]] == [("TX", 14000)]


@pytest.mark.official
def test_nation_and_california_stand_side_by_side(official_data: Path) -> None:
    official = load_official([official_data / "ca_edd", official_data / "bls_ep_2024_34"], list_sources())

    areas = [p.area for p in official.tables["projections"]]
    assert (areas.count("US"), areas.count("CA")) == (832, 676)


@pytest.mark.official
def test_the_nations_figures_are_those_of_the_occupations(official_data: Path) -> None:
    official = load_official([official_data / "bls_ep_2024_34"], list_sources())

    assert official.projections is not None
    for row in official.tables["projections"]:
        assert row.openings_per_year == official.projections[row.soc_code].openings_per_year
        assert (row.base_year, row.target_year) == (2024, 2034)
