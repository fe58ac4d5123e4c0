"""States' projections from California's workbook and from the plain form."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.assemble import assemble
from taxonomy.loaders.area_projections import (
    load_california_projections,
    load_california_regions,
    load_state_projections,
)
from taxonomy.loaders.files import SourceError
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

    found, report = load_state_projections(deliver("state-projections", {"state_projections_2026.csv": text}), {})

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

    found, report = load_state_projections(deliver("state-projections", {"state_projections_2026.csv": text}), {})

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


def test_a_soc_2010_code_is_read_as_its_heir_and_a_split_one_left_out(deliver: Deliver) -> None:
    text = PLAIN + "98-1011,TX,2022,2032,100,,,\n98-2011,TX,2022,2032,100,,,\n98-3011,TX,2022,2032,100,,,\n"
    successors = {"98-1011": ("98-1012",), "98-2011": ("98-2012", "98-2013"), "98-3011": ("98-3011",)}

    found, report = load_state_projections(
        deliver("state-projections", {"state_projections_2026.csv": text}), successors
    )

    assert [p.soc_code for p in found] == ["98-1012", "98-3011"]
    assert [(p.line, p.value, p.action) for p in report.problems] == [
        (2, "98-1011", "repaired"),
        (3, "98-2011", "row_rejected"),
    ]


CBSAS = {
    ("CA", "fresnocounty"): ("23420", "Fresno, CA"),
    ("CA", "maderacounty"): ("23420", "Fresno, CA"),
    ("CA", "losangelescounty"): ("31080", "Los Angeles, CA"),
    ("CA", "orangecounty"): ("31080", "Los Angeles, CA"),
}


def _regions(*names: str, **cells: object) -> str:
    region = {
        "soc_code": "31-1131",
        "period": "2023-2033",
        "base_employment": 480.0,
        "projected_employment": 570.0,
        "percent_change": 18.8,
        "total_job_openings": 440.0,
    }
    regions = [{**region, "area_name": name, **cells} for name in names]
    return json.dumps({"snapshot_date": "2026-08-07", "occupations": {"31-1131": {"regions": regions}}})


def test_californias_regions_that_are_whole_metropolitan_areas_have_their_code(deliver: Deliver) -> None:
    text = _regions(
        "Fresno MSA (Fresno and Madera Counties)",
        "Anaheim MD (Orange County)",
        "Half MSA (Orange County)",
        "North Coast Region (Lake, and Mendocino Counties)",
    )

    (found,), report = load_california_regions(deliver("ca-regional-projections", {"occupations.json": text}), CBSAS)

    assert (found.area, found.employment, found.openings_per_year, found.growth_pct) == ("23420", 480, 44, 18.8)
    assert (found.release, found.base_year) == ("ca-regional-projections-2026-08-07", 2023)
    assert [(p.line, p.action) for p in report.problems] == [(n, "row_rejected") for n in (2, 3, 4)]


def test_a_file_of_regions_in_another_form_is_refused(deliver: Deliver) -> None:
    delivery = deliver("ca-regional-projections", {"occupations.json": '{"occupations": ["31-1131"]}'})

    with pytest.raises(SourceError, match="not a list of occupations by region"):
        load_california_regions(delivery, CBSAS)
