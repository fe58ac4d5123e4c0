"""The package alone, the package beside some official files, and all official files."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from taxonomy.assemble import assemble
from taxonomy.loaders.files import SourceError
from taxonomy.loaders.source import Source, list_sources
from taxonomy.snapshot import Contents

OEWS_HEADER = (
    "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,I_GROUP,OWN_CODE,OCC_CODE,O_GROUP,TOT_EMP,ANNUAL,"
    "H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90\n"
)


def small(source_id: str) -> list[Source]:
    """One manifest, ready for a handful of invented rows."""
    return [
        replace(source, tables=tuple(replace(table, minimum_rows=0, least_usual_rows=0) for table in source.tables))
        for source in list_sources()
        if source.id == source_id
    ]


def test_without_any_file_the_starter_set_is_whole_and_there_is_no_notice() -> None:
    contents = assemble()

    assert len(contents.tables["occupations"]) >= 150
    assert contents.arrays["need"].shape == (len(contents.tables["occupations"]), len(contents.tables["descriptors"]))
    assert not [p for p in contents.tables["problems"] if p.action == "notice"]


def test_official_wages_of_an_area_replace_the_starters_and_leave_other_areas(tmp_path: Path) -> None:
    row = "99,U.S.,1,US,cross-industry,1235,31-1131,detailed,100,,20,21,22,23,24\n"
    (tmp_path / "national_M2044_dl.csv").write_text(OEWS_HEADER + row)

    wages = assemble([tmp_path], sources=small("oews-us")).tables["wages"]

    assert [(w.soc_code, w.p50, w.release) for w in wages if w.area == "US"] == [("31-1131", 22, "oews-us-2044")]
    assert {w.release for w in wages if w.area == "TX"} == {"oews-state-2023"}


def test_a_notice_says_where_the_starter_set_stands_in(tmp_path: Path) -> None:
    row = "99,U.S.,1,US,cross-industry,1235,31-1131,detailed,100,,20,21,22,23,24\n"
    (tmp_path / "national_M2044_dl.csv").write_text(OEWS_HEADER + row)

    contents = assemble([tmp_path], sources=small("oews-us"))

    notices = {p.release for p in contents.tables["problems"] if p.action == "notice"}
    assert {"onet-30.1", "oews-state-2023"} <= notices
    assert "oews-us-2025" not in {r.id for r in contents.tables["releases"]}


def test_a_newer_onet_keeps_what_the_starter_knows_of_ratings_and_projections(tmp_path: Path) -> None:
    folder = tmp_path / "db_40_0_text"
    folder.mkdir()
    codes = [o.onet_code for o in assemble().tables["occupations"]]
    titles = "".join(f"{code}\tTitle of {code}\ttext\n" for code in codes)
    (folder / "Occupation Data.txt").write_text(f"O*NET-SOC Code\tTitle\tDescription\n{titles}")
    for name, header in {
        "Job Zones.txt": "O*NET-SOC Code\tJob Zone",
        "Alternate Titles.txt": "O*NET-SOC Code\tAlternate Title\tShort Title",
        "Sample of Reported Titles.txt": "O*NET-SOC Code\tReported Job Title",
        "Technology Skills.txt": "O*NET-SOC Code\tExample\tHot Technology",
        "Task Statements.txt": "O*NET-SOC Code\tTask ID\tTask\tTask Type",
        "Related Occupations.txt": "O*NET-SOC Code\tRelated O*NET-SOC Code\tIndex",
    }.items():
        (folder / name).write_text(f"{header}\n")

    before, after = assemble(), assemble([tmp_path], sources=small("onet"))

    assert after.tables["occupations"][0].title == f"Title of {codes[0]}"
    figures = [(o.growth_pct, o.ratings_from) for o in after.tables["occupations"]]
    assert figures == [(o.growth_pct, o.ratings_from) for o in before.tables["occupations"]]
    np.testing.assert_array_equal(after.arrays["need"], before.arrays["need"])


def test_the_day_of_retrieval_is_written_into_official_releases_only(tmp_path: Path) -> None:
    (tmp_path / "national_M2044_dl.csv").write_text(OEWS_HEADER)

    contents = assemble([tmp_path], sources=small("oews-us"), retrieved_on="2044-06-01")

    days = {r.id: r.retrieved_on for r in contents.tables["releases"]}
    assert days["oews-us-2044"] == "2044-06-01"
    assert days["onet-30.1"] != "2044-06-01"


BOARD = """
[board]
area = "TX:ALAMO"
citation = "Invented policy 1"
link = "https://example.org"
effective_from = 2044-07-01
checked_on = 2044-07-02

[[training_account]]
cap_usd = 7000

[[in_demand]]
onet_code = "no code"
"""


def test_a_boards_own_file_adds_its_amounts_and_a_release(tmp_path: Path) -> None:
    (tmp_path / "alamo.toml").write_text(BOARD)
    (tmp_path / "something_else.toml").write_text("[tool]\nname = 1\n")

    tables = assemble([tmp_path]).tables

    (cap,) = [p for p in tables["parameters"] if p.area == "TX:ALAMO"]
    assert (cap.id, cap.value, cap.effective_from) == ("ita.cap", 7000, "2044-07-01")
    (release,) = [r for r in tables["releases"] if r.id == "board-TX:ALAMO"]
    assert (release.rows_read, release.rows_kept, release.rows_reported) == (2, 1, 1)


def test_two_files_for_one_board_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(BOARD)

    with pytest.raises(SourceError, match=r"b\.toml: another file is for the same board"):
        assemble([tmp_path])


@pytest.fixture(scope="module")
def everything(official_data: Path) -> Contents:
    """All official files, read once for the tests below."""
    return assemble([official_data])


@pytest.mark.official
def test_all_official_files_together_give_the_whole_country_and_the_whole_texas_list(everything: Contents) -> None:
    tables = everything.tables
    assert len(tables["occupations"]) == 1016
    assert sum(o.ratings_from == o.onet_code for o in tables["occupations"]) == 894
    assert Counter(d.kind for d in tables["descriptors"]) == {"skill": 35, "knowledge": 33, "ability": 52}
    assert Counter(o.barred for o in tables["occupations"])["all_other_without_profile"] == 72
    listings = {i for p in tables["programs"] if p.release.startswith("tx-etpl") for i in (p.id, *p.same_course)}
    assert len(listings) == 5465
    # Aides are published only together: both codes still have a wage, nationally and in Texas.
    wages = {(w.soc_code, w.area): w for w in tables["wages"]}
    assert wages["31-1121", "US"].published_as == wages["31-1122", "TX"].published_as == "31-1120"
    assert not [p for p in tables["problems"] if p.reason.startswith("neither an occupation nor")]
    assert {r.release for r in tables["outcome_rates"]} == {"nj-outcomes-2020", "ca-etpl-2026-08-07"}


@pytest.mark.official
def test_no_title_kept_for_measuring_is_loaded_by_its_source(everything: Contents) -> None:
    kinds = Counter(title.kind for title in everything.tables["titles"])

    assert set(kinds) == {"occupation", "alternate", "reported", "lexicon"}
    assert not [r.id for r in everything.tables["releases"] if "direct" in r.id or "vacanc" in r.id]
