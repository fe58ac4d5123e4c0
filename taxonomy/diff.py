"""What changed between two snapshots: rows added, removed and changed, by the key of each table."""

from collections import Counter
from dataclasses import fields
from operator import attrgetter
from typing import Any

from taxonomy.frozen import frozen
from taxonomy.integrity import KEYS, NOT_UNIQUE
from taxonomy.snapshot import Snapshot
from taxonomy.tables import TABLES

# Which edition a row came from is not what it says: a new edition that repeats a row leaves it unchanged.
_PROVENANCE = ("release", "projections_release")


@frozen
class TableDiff:
    """Keys of the rows that differ in one table, sorted."""

    table: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def diff_snapshots(before: Snapshot, after: Snapshot) -> list[TableDiff]:
    """The tables that differ. In tables whose rows may share a key, a changed row is one removed and one added."""
    diffs = []
    for name in TABLES:
        old, new = _rows(before, name), _rows(after, name)
        added, removed, changed = [], [], []
        for key in sorted(old.keys() | new.keys(), key=str):
            label = " ".join(str(part) for part in key if part is not None)
            if key not in old:
                added.append(label)
            elif key not in new:
                removed.append(label)
            elif old[key] != new[key]:
                changed.append(label)
        if added or removed or changed:
            diffs.append(TableDiff(name, tuple(added), tuple(removed), tuple(changed)))
    return diffs


def _rows(snapshot: Snapshot, name: str) -> dict[tuple[Any, ...], Any]:
    """Key to what the row says; a whole row to how often it stands where keys may repeat."""
    said = _said(name)
    if name in NOT_UNIQUE:
        return dict(Counter(said(row) for row in snapshot.table(name)))
    key = attrgetter(*KEYS[name])
    single = len(KEYS[name]) == 1
    return {(key(row),) if single else key(row): said(row) for row in snapshot.table(name)}


def _said(name: str) -> "attrgetter[Any]":
    return attrgetter(*(f.name for f in fields(TABLES[name]) if f.name not in _PROVENANCE))
