"""What people have reviewed of published files: cells known to be wrong, editions known to differ, files not read."""

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import cache

from taxonomy.frozen import frozen
from taxonomy.loaders.source import SOURCES

_DIFFERENCES = SOURCES / "reviewed" / "known_differences.toml"
_NOT_READ = SOURCES / "reviewed" / "not_read.toml"


@frozen
class CellDifference:
    """One published cell that is read as something else."""

    source: str
    edition: str
    table: str
    column: str
    value: str
    reads: str
    reason: str
    checked_on: str


@frozen
class EditionDifference:
    """Two editions that may stand together, and how they differ."""

    source: str
    edition: str
    beside: str
    beside_edition: str
    reason: str
    checked_on: str


@cache
def list_cell_differences() -> tuple[CellDifference, ...]:
    """Every reviewed cell."""
    data = tomllib.loads(_DIFFERENCES.read_text(encoding="utf-8"))
    return tuple(CellDifference(**entry) for entry in data["cells"])


@cache
def list_edition_differences() -> tuple[EditionDifference, ...]:
    """Every reviewed pair of editions."""
    data = tomllib.loads(_DIFFERENCES.read_text(encoding="utf-8"))
    return tuple(EditionDifference(**entry) for entry in data["editions"])


def find_cell_differences(source: str, edition: str, table: str) -> Mapping[tuple[str, str], CellDifference]:
    """The reviewed cells of one table of one edition, by column and published value."""
    here = (source, edition, table)
    return {(d.column, d.value): d for d in list_cell_differences() if (d.source, d.edition, d.table) == here}


@cache
def _not_read() -> tuple[tuple[str, str], ...]:
    data = tomllib.loads(_NOT_READ.read_text(encoding="utf-8"))
    return tuple((name, entry["reason"]) for entry in data["files"] for name in entry["names"])


def why_not_read(name: str) -> str:
    """Why a file that no source claims is left alone."""
    found = next((reason for pattern, reason in _not_read() if fnmatch(name.lower(), pattern.lower())), None)
    return f"not read: {found}" if found else "not read: no source knows this name; keep the publisher's file names"
