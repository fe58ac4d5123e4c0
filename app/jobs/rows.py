"""Rows of a list as profiles, or as the faults that stop them. A row that cannot be read stops no other."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from app.api.mapping import read_seeker
from app.errors import IntakeError
from app.jobs.columns import column_at, read_cells
from app.jobs.files import LONGEST_LINE, MORE, RawRow, kind_of, open_list
from app.jobs.headings import Heading
from matching.seeker import Seeker
from taxonomy.frozen import frozen


@frozen
class RowFault:
    """One fault of one row, without its value."""

    column: str
    code: str
    message: str
    fix: str


@frozen
class Row:
    """One row: its number, counted from 1 after any heading, and a profile or the faults that stop it."""

    number: int
    reference: str | None
    seeker: Seeker | None
    faults: tuple[RowFault, ...] = ()


def error_rows(row: int, faults: Sequence[RowFault]) -> list[dict[str, Any]]:
    """Faults as lines of the errors file."""
    return [{"row": row, "column": f.column, "code": f.code, "message": f.message, "fix": f.fix} for f in faults]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a list in their order.

    Raises:
        ListError: the file is no list this reads.
    """
    opened = open_list(path, kind_of(path), path.name)
    return (read_row(opened.heading, raw) for raw in opened.rows)


def read_row(heading: Heading | None, raw: RawRow) -> Row:
    """A row of a file: cells under a heading, or a line of JSON where there is none."""
    number, content = raw
    if heading is None or isinstance(content, str):
        return _json_row(number, content if isinstance(content, str) else "")
    return _table_row(number, heading, content)


def _json_row(number: int, line: str) -> Row:
    if line == MORE:
        message = f"is longer than {LONGEST_LINE} characters"
        return Row(number, None, None, (RowFault("", "too_long", message, "leave out what no plan depends on"),))
    try:
        profile = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        message = f"is not valid JSON: the fault is at column {error.colno}"
        return Row(number, None, None, (RowFault("", "malformed_json", message, "give one JSON object a line"),))
    reference = profile.get("reference") if isinstance(profile, dict) else None
    return _checked(number, reference if isinstance(reference, str) else None, profile, {}, ())


def _table_row(number: int, heading: Heading, cells: list[str]) -> Row:
    given = {name: cell for name, cell in zip(heading.columns, cells, strict=False) if name is not None}
    flat = read_cells(given)
    reference = flat.profile.get("reference")
    if len(cells) > len(heading.columns):
        fix = "put text that holds the separator in double quotes"
        return Row(number, reference, None, (RowFault("", "too_many_cells", "has more cells than columns", fix),))
    faults = tuple(RowFault(column, e.code, e.message, e.fix) for column, e in flat.faults)
    return _checked(number, reference, flat.profile, flat.column_of, faults)


def _checked(
    number: int,
    reference: str | None,
    profile: object,
    column_of: dict[tuple[str, ...], str],
    faults: tuple[RowFault, ...],
) -> Row:
    """The row after the same door that a single profile passes, with the faults of both."""
    try:
        seeker = read_seeker(profile)
    except IntakeError as error:
        # Cells that could not be read are missing here; that nothing is left then says nothing new.
        found = (f for f in error.errors if not (faults and f.code == "empty_profile"))
        faults += tuple(
            RowFault(column_at(f.pointer, column_of) or f.pointer, f.code, f.message, f.remedy) for f in found
        )
        return Row(number, reference, None, faults)
    return Row(number, reference, None if faults else seeker, faults)
