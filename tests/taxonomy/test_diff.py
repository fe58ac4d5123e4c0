"""What a diff says of two snapshots that differ in a known way."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.assemble import assemble
from taxonomy.diff import TableDiff, diff_snapshots
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

Compile = Callable[[str, Contents], Snapshot]


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """Write contents under a name and open them."""

    def build(name: str, contents: Contents) -> Snapshot:
        write_snapshot(contents, tmp_path / name)
        return Snapshot.open(tmp_path / name)

    return build


def test_a_snapshot_against_itself_differs_in_nothing(compiled: Compile) -> None:
    snapshot = compiled("a", assemble())

    assert diff_snapshots(snapshot, snapshot) == []


def test_rows_added_removed_and_changed_are_named_by_their_key(compiled: Compile) -> None:
    contents = assemble()
    before = compiled("before", contents)
    wages = contents.tables["wages"]
    first, last = wages[0], wages.pop()
    wages[0] = replace(first, p50=1.23)
    wages.append(replace(last, soc_code="99-1234"))

    (diff,) = diff_snapshots(before, compiled("after", contents))

    assert diff == TableDiff(
        table="wages",
        added=(f"99-1234 {last.area}",),
        removed=(f"{last.soc_code} {last.area}",),
        changed=(f"{first.soc_code} {first.area}",),
    )


def test_a_row_repeated_by_a_new_edition_is_not_a_change(compiled: Compile) -> None:
    contents = assemble()
    before = compiled("before", contents)
    contents.tables["wages"] = [replace(w, release="oews-us-2099") for w in contents.tables["wages"]]

    assert diff_snapshots(before, compiled("after", contents)) == []


def test_in_a_table_without_single_keys_a_changed_row_is_one_removed_and_one_added(compiled: Compile) -> None:
    contents = assemble()
    before = compiled("before", contents)
    contents.tables["effects"][0] = replace(contents.tables["effects"][0], estimate_usd=-1.5)

    (diff,) = diff_snapshots(before, compiled("after", contents))

    assert (diff.table, len(diff.added), len(diff.removed), diff.changed) == ("effects", 1, 1, ())
