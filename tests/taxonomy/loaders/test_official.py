"""All official sources at once."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceError
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import list_sources


def test_without_files_there_is_nothing_official() -> None:
    official = load_official([], list_sources())

    assert official.onet is None
    assert official.releases == []
    assert official.problems == []


def test_a_path_that_holds_nothing_known_is_refused_with_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague")

    with pytest.raises(SourceError, match=r"letter\.txt holds no file of a known source.*Employment projections"):
        load_official([tmp_path / "letter.txt"], list_sources())


@pytest.mark.official
def test_every_row_of_every_official_file_is_kept_or_reported_as_left_out(official_data: Path) -> None:
    official = load_official([official_data], list_sources())

    read, kept = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for release_id, count in official.counts:
        read[release_id, count.file] += count.rows_read
        kept[release_id, count.file] += count.rows_kept
    rows = {(p.release, p.file, p.line) for p in official.problems if p.action in ("row_rejected", "merged")}
    left_out = Counter((release_id, file) for release_id, file, _ in rows)
    for problem in official.problems:
        if problem.action == "rows_set_aside":
            left_out[problem.release, problem.file] += int(problem.value)

    assert official.source_ids == {s.id for s in list_sources()} - {
        "oews-metro",
        "state-projections",
        "onet-context",
        "income-standards",
    } | {
        "nj-etpl",
        "ca-etpl",
    }
    assert len(read) > 60
    assert {
        file: rows - kept[file] - left_out[file] for file, rows in read.items() if rows - kept[file] - left_out[file]
    } == {}
    assert all(r.rows_read == sum(n for (of, _), n in read.items() if of == r.id) for r in official.releases)
    assert all(len(release.sha256) == 64 for release in official.releases)


@pytest.mark.official
def test_no_problem_tells_where_on_the_machine_a_file_lies(official_data: Path) -> None:
    official = load_official([official_data], list_sources())

    assert official.problems
    assert not [p for p in official.problems if str(official_data) in f"{p.file} {p.value} {p.reason}"]


def test_codes_of_2009_lead_to_todays_through_those_of_2010(tmp_path: Path) -> None:
    header = "O*NET-SOC 2009 Code,O*NET-SOC 2010 Code\n"
    (tmp_path / "onet_2009_to_2010_Crosswalk.csv").write_text(
        f"{header}15-1041.00,15-1151.00\n15-1151.00,15-1151.00\n11-1011.03,11-1011.99\n"
    )
    (tmp_path / "onet_2010_to_2019_Crosswalk.csv").write_text(
        "O*NET-SOC 2010 Code,O*NET-SOC 2019 Code\n15-1151.00,15-1231.00\n15-1151.00,15-1232.00\n"
    )
    sources = [
        replace(s, tables=tuple(replace(t, minimum_rows=0, least_usual_rows=0) for t in s.tables))
        for s in list_sources()
    ]

    crosswalks = load_official([tmp_path], sources).crosswalks

    assert crosswalks.onet_2010_to_2019 == {
        "15-1041.00": ("15-1231.00", "15-1232.00"),
        "15-1151.00": ("15-1231.00", "15-1232.00"),
    }
