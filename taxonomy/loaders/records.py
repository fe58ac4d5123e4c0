"""Rows that become records one for one: what each column holds, and nothing else to know about the table."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from taxonomy.codes import parse_cip_code, parse_onet_code, parse_soc_code
from taxonomy.frozen import frozen
from taxonomy.loaders.rows import Rows, parse_number

T = TypeVar("T")


@frozen
class Cell:
    """How the text of one column becomes a field of the record."""

    read: Callable[[str], Any]  # None: the text is no such value
    what: str  # what a text that cannot be read is not: "a SOC code"
    needed: bool = False  # without it there is no record; otherwise it is unknown, and reported unless blank
    blank: frozenset[str] = frozenset({"", "n/a"})  # how the publisher writes that there is none


def read_records(
    rows: Rows, cells: Sequence[Cell], make: Callable[..., T], key: Callable[[T], Hashable] = lambda record: record
) -> list[T]:
    """A record for each row, in the order of the file; `make` takes the fields in the order of the columns.

    A row without a needed field, or with the key of an earlier one, is left out and reported.

    Raises:
        SourceError: the table is not as its manifest says.
    """
    found: dict[Hashable, T] = {}
    for line, texts in rows:
        values = [_field(rows, line, *column) for column in zip(rows.spec.columns, cells, texts, strict=True)]
        lacking = next((i for i, cell in enumerate(cells) if cell.needed and values[i] is None), None)
        if lacking is not None:
            blank = texts[lacking].strip() in cells[lacking].blank
            reason = "blank" if blank else f"not {cells[lacking].what}"
            rows.leave_out(line, rows.spec.columns[lacking], texts[lacking], reason)
            continue
        record = make(*values)
        if key(record) in found:
            rows.leave_out(line, rows.spec.columns[0], texts[0], "already given", action="merged")
            continue
        found[key(record)] = record
        rows.keep()
    rows.close()
    return list(found.values())


def _field(rows: Rows, line: int, column: str, cell: Cell, text: str) -> Any:  # noqa: ANN401 - a field, of its own type
    text = text.strip()
    if text in cell.blank:
        return None
    value = cell.read(text)
    if value is None and not cell.needed:
        rows.note(line, column, text, action="value_unknown", reason=f"not {cell.what}")
    return value


def _whole(text: str) -> int | None:
    value = parse_number(text)
    return int(value) if value is not None and value.is_integer() else None


def _words(text: str) -> str:
    return " ".join(text.split())


def padded(digits: int) -> Callable[[str], str | None]:
    """Reads a code of so many digits that a spreadsheet may have shorn of its leading zeros."""
    return lambda text: text.zfill(digits) if re.fullmatch(rf"\d{{1,{digits}}}", text) else None


def one_of(**meanings: str) -> Callable[[str], str | None]:
    """Reads the publisher's words as ours."""
    return meanings.get


def needed(cell: Cell) -> Cell:
    """The same column where no record stands without it."""
    return replace(cell, needed=True)


TEXT = Cell(_words, "a text")
NUMBER = Cell(parse_number, "a number")
WHOLE = Cell(_whole, "a whole number")
FLAG = Cell({"Y": True, "N": False}.get, "Y or N")
ONET = Cell(parse_onet_code, "an O*NET-SOC code", needed=True)
SOC = Cell(parse_soc_code, "a SOC code", needed=True)
CIP = Cell(parse_cip_code, "a six-digit CIP code", needed=True)
