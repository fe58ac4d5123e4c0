"""How commands print: tables for people, bytes for programs."""

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_OF_A_FILE = 120  # columns where no terminal says how many it has


class Format(StrEnum):
    """For people or for programs."""

    TABLE = "table"
    JSON = "json"


class LineFormat(StrEnum):
    """For people, or one JSON document a line."""

    TABLE = "table"
    JSONL = "jsonl"


def console() -> "Console":
    """Where tables go. Words of people and lists are never read as markup."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _WIDTH_OF_A_FILE
    return Console(markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def print_bytes(content: bytes) -> None:
    """Exactly these bytes; a line end only follows where a person looks at it."""
    sys.stdout.buffer.write(content)
    if sys.stdout.isatty():
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def print_line(line: str) -> None:
    """A line on standard output, alone, so that programs can take it."""
    sys.stdout.write(line + "\n")


def print_json(document: Any) -> None:  # noqa: ANN401 # whatever orjson takes: dataclasses, lists, dicts
    """A document as JSON."""
    print_bytes(orjson.dumps(document))


def print_lines(documents: Iterable[Any]) -> None:
    """A line of JSON for each document."""
    for document in documents:
        sys.stdout.buffer.write(orjson.dumps(document) + b"\n")
    sys.stdout.buffer.flush()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Rows under headings; None is shown as unknown."""
    from rich.table import Table

    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*("unknown" if cell is None else str(cell) for cell in row))
    console().print(table)


def say(line: str) -> None:
    """A line on standard error, for the person, out of the way of the output."""
    sys.stderr.write(line + "\n")
