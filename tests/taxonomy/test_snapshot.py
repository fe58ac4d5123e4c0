"""What a snapshot gives to those who open it."""

import re
from dataclasses import is_dataclass
from pathlib import Path

from taxonomy.classifications import DirectMatchTitle
from taxonomy.for_looking_up import RECORD_TYPES
from taxonomy.occupations import TaskStatement
from taxonomy.release import Release
from taxonomy.snapshot import Contents, Snapshot, write_snapshot
from taxonomy.tables import FOR_ANSWERS, FOR_LOOKING_UP, TABLES

ROOT = Path(__file__).parents[2]


def _release(name: str) -> Release:
    return Release(name, name, "", "1", "", "By us.", "", None, "", 1, 1, 0, None)


def test_the_method_reads_no_table_that_is_for_looking_up() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "matching").rglob("*.py")))

    read = set(re.findall(r'(?:table|tables)[\(\[]"(\w+)"', text))

    assert "wages" in read
    assert read.isdisjoint(FOR_LOOKING_UP)


def test_every_table_has_a_record_type_whether_answers_need_it_or_not() -> None:
    assert list(TABLES) == [*FOR_ANSWERS, *FOR_LOOKING_UP]
    assert tuple(RECORD_TYPES) == FOR_LOOKING_UP
    assert all(is_dataclass(record_type) for record_type in TABLES.values())
    assert len(TABLES) == len(set(TABLES))


def test_answers_name_the_releases_they_may_be_made_from_and_no_others(tmp_path: Path) -> None:
    contents = Contents()
    contents.tables["releases"] = [_release("crosswalk-1"), _release("tasks-1"), _release("titles-1")]
    contents.tables["tasks"] = [TaskStatement("31-1131.00", "Help.", "tasks-1")]
    contents.tables["direct_match_titles"] = [DirectMatchTitle("Helper", "31-1131", None, "titles-1")]
    write_snapshot(contents, tmp_path / "s")

    found = Snapshot.open(tmp_path / "s").answer_releases

    assert [release.id for release in found] == ["crosswalk-1", "tasks-1"]
