"""What was reviewed of published files, and that it is applied and told."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from taxonomy.loaders.official import load_official
from taxonomy.loaders.reviewed import (
    find_cell_differences,
    list_cell_differences,
    list_edition_differences,
    why_not_read,
)
from taxonomy.loaders.source import list_sources
from tests.taxonomy.conftest import small


def test_every_reviewed_difference_names_a_real_column_and_says_why_and_when() -> None:
    sources = {source.id: source for source in list_sources()}

    for known in list_cell_differences():
        table = next(t for t in sources[known.source].tables if t.name == known.table)
        assert known.column in table.columns
        assert known.value != known.reads
    for known in (*list_cell_differences(), *list_edition_differences()):
        assert date.fromisoformat(known.checked_on)
        assert all(getattr(known, f.name) for f in fields(known))
        assert known.source in sources


def test_a_reviewed_cell_is_of_one_edition_only() -> None:
    assert find_cell_differences("cbsa", "2023", "counties")
    assert not find_cell_differences("cbsa", "2028", "counties")


def test_a_file_that_is_not_read_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "in_demand_socs.csv").write_text("SOC,OCCUPATIONTITLE\n98-1011,Lighters\n")
    (tmp_path / "labor-force.xlsx").write_bytes(b"")
    (tmp_path / "holiday photos.zap").write_bytes(b"")

    official = load_official([tmp_path], [small(s) for s in list_sources()])

    assert [(p.file, p.reason.split(":")[0], p.release) for p in official.problems] == [
        ("holiday photos.zap", "not read", ""),
        ("labor-force.xlsx", "not read", ""),
    ]
    assert "protected traits are not read" in official.problems[1].reason
    assert "keep the publisher's file names" in official.problems[0].reason


@pytest.mark.official
def test_every_official_file_is_read_or_has_its_reason(official_data: Path) -> None:
    official = load_official([official_data], list_sources())

    unread = [p for p in official.problems if not p.release]
    assert unread
    assert not [p.file for p in unread if p.reason == why_not_read("a name nobody knows")]
