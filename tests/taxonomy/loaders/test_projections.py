"""Figures are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from taxonomy.loaders.files import list_files
from taxonomy.loaders.onet import load_onet
from taxonomy.loaders.projections import Projection, add_projections, load_projections
from taxonomy.loaders.source import Delivery, list_sources, recognise
from taxonomy.release import LoadReport

HEADER = [
    "2026 National Employment Matrix title",
    "2026 National Employment Matrix code",
    "Occupation type",
    "Employment, 2026",
    "Employment, 2036",
    "Employment change, percent, 2026–36",
    "Occupational openings, 2026–36 annual average",
    "Typical education needed for entry",
    "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
]


def load(deliver: Callable[..., Delivery], *rows: list[object]) -> tuple[dict[str, Projection], LoadReport]:
    title = ["Table 1.2 Occupational projections, 2026–2036, and worker characteristics"]
    return load_projections(deliver("bls-projections", {"occupation.xlsx": [title, HEADER, *rows]}))


def line(
    code: str, kind: str = "Line item", growth: object = 2.5, education: str = "Associate's degree"
) -> list[object]:
    return ["  Lamp lighters", code, kind, 12.3, 13, growth, 1.7, education, "Less than 5 years", "Apprenticeship"]


def test_thousands_become_people_and_words_become_labels(deliver: Callable[..., Delivery]) -> None:
    projections, _ = load(deliver, line("98-1011"))

    found = projections["98-1011"]

    assert (found.employment, found.growth_pct, found.openings_per_year) == (12_300, 2.5, 1_700)
    assert (found.typical_education, found.work_experience, found.on_the_job_training) == (
        "associate",
        "less_than_5_years",
        "apprenticeship",
    )
    assert found.release == "bls-projections-2026-2036"


def test_a_dash_is_unknown(deliver: Callable[..., Delivery]) -> None:
    projections, report = load(deliver, line("98-1011", growth="—"))

    assert projections["98-1011"].growth_pct is None
    assert report.problems == []


def test_summaries_and_notes_are_left_out_and_reported(deliver: Callable[..., Delivery]) -> None:
    note = ["Source: an agency", *[""] * 9]

    projections, report = load(deliver, line("98-0000", "Summary"), line("98-1011"), note)

    assert set(projections) == {"98-1011"}
    assert [(p.line, p.action) for p in report.problems] == [(3, "row_rejected"), (5, "row_rejected")]
    assert (report.counts[0].rows_read, report.counts[0].rows_kept) == (3, 1)


def test_a_category_nobody_reviewed_is_unknown_and_reported(deliver: Callable[..., Delivery]) -> None:
    projections, report = load(deliver, line("98-1011", education="Two summers of lamp school"))

    assert projections["98-1011"].typical_education is None
    assert [(p.value, p.action) for p in report.problems] == [("Two summers of lamp school", "value_unknown")]


@pytest.mark.official
def test_projections_of_2024_reach_every_civilian_occupation(official_data: Path) -> None:
    files = list_files([official_data / "onet_30_1", official_data / "bls_ep_2024_34"])
    deliveries, _ = recognise(files, list_sources())
    projections, report = load_projections(deliveries["bls-projections"])
    tables, _ = load_onet(deliveries["onet"])

    occupations = {o.onet_code: o for o in add_projections(tables.occupations, projections)}

    assert deliveries["bls-projections"].edition == "2024-2034"
    assert len(projections) == 832
    assert report.counts[0].rows_read == 832 + len(report.problems)
    assert [c for c, o in occupations.items() if o.employment is None and not c.startswith("55-")] == []
    aide = occupations["31-1121.00"]
    assert (aide.projections_of, aide.growth_pct, aide.openings_per_year) == ("31-1120", 17.0, 765_800)
    nurse = occupations["29-1141.01"]
    assert (nurse.projections_of, nurse.typical_education) == (None, "bachelor")
