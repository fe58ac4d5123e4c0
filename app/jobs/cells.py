"""How the cells of a list are read: text, a number, yes or no, or a list of these.

What a value may be is decided at the same door as for a single profile (`app.api.mapping.read_seeker`).
"""

import re
from collections.abc import Callable
from typing import Any

from taxonomy.frozen import frozen

NOT_KNOWN = frozenset({"", "unknown", "n/a", "na", "null", "-"})
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "si", "sí"})
_NO = frozenset({"no", "n", "false", "f", "0"})
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|-?\.\d+")
_ZIP = re.compile(r"(\d{4,5})(-\d{4})?")


class CellError(ValueError):
    """A cell that cannot be read; says what it must be, never what it was."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        self.code, self.message, self.fix = code, message, fix
        super().__init__(message)


@frozen
class Column:
    """One column: where its value goes (# stands for the number of a job), how its cell is read, what it means."""

    name: str
    place: tuple[str, ...]
    read: Callable[[str], Any]
    meaning: str


def read_text(cell: str) -> str:
    """The words as they are."""
    return cell


def read_small(cell: str) -> str:
    """A word of a list of options, as the options are written."""
    return cell.lower().replace(" ", "_")


def read_capitals(cell: str) -> str:
    """Letters as capitals."""
    return cell.upper()


def read_number(cell: str) -> float | int:
    """A number, with or without a dollar sign and commas."""
    plain = cell.removeprefix("$").strip()
    if not _NUMBER.fullmatch(plain):
        raise CellError("wrong_kind", "is not a number", "write a number such as 1200 or 14.50")
    value = float(plain.replace(",", ""))
    return int(value) if value.is_integer() else value


def read_yes_no(cell: str) -> bool:
    """Yes or no, as people and programs write them."""
    said = cell.lower()
    if said not in _YES | _NO:
        raise CellError("wrong_kind", "is neither yes nor no", "write yes or no, or leave it empty where not known")
    return said in _YES


def read_zip(cell: str) -> str:
    """A ZIP code of five digits; anything else as it is, to be refused with the reason."""
    # Spreadsheets drop the leading zero of a ZIP code, and some systems add four digits more.
    found = _ZIP.fullmatch(cell)
    return found[1].zfill(5) if found else cell


def list_of(read: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    """Entries separated by semicolons."""
    return lambda cell: [read(part.strip()) for part in cell.split(";") if part.strip()]


def parts(*names: str) -> Callable[[str], list[Any]]:
    """A list whose entries have parts after a bar: "CNA|TX|2027-03"."""

    def read(cell: str) -> dict[str, str]:
        said = [part.strip() for part in cell.split("|")]
        if len(said) > len(names):
            raise CellError("wrong_format", "has too many parts", f"write {'|'.join(names)}; separate entries by ;")
        return {name: part for name, part in zip(names, said, strict=False) if part}

    return list_of(read)
