"""Reads a list row by row: CSV in the encodings and separators spreadsheets write, JSON lines, XLSX, Parquet.

A row that cannot be read is a row with faults; only a file that is no list at all stops the run. Files are read as
they go, so that a list may be longer than memory.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from app.api.mapping import read_seeker
from app.errors import IntakeError
from app.jobs.columns import BY_NAME, clean_name, column_at, read_cells
from matching.seeker import Seeker

_SEPARATORS = (",", ";", "\t")
_BLOCK = 1 << 20


class ListError(Exception):
    """A file that cannot be read as a list at all; the message names the file, the fault and the remedy."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """One fault of one row, without its value."""

    column: str
    code: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, counted from 1 after any heading, and a profile or the faults that stop it."""

    number: int
    reference: str | None
    seeker: Seeker | None
    faults: tuple[RowFault, ...] = ()


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a list in their order.

    Raises:
        ListError: the file is no list this reads.
    """
    kind = path.suffix.lower()
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise ListError(f"{path.name}: cannot be read: {error.strerror}.") from None
    if kind in (".jsonl", ".ndjson"):
        return _read_json_lines(path)
    if kind == ".xlsx":
        return _read_table(path.name, _sheet_lines(path))
    if kind == ".parquet":
        return _read_table(path.name, _parquet_lines(path))
    if kind in (".csv", ".tsv", ".txt"):
        return _read_table(path.name, _csv_lines(path))
    raise ListError(f"{path.name}: give a list as .csv, .tsv, .jsonl, .xlsx or .parquet.")


def _read_json_lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as stream:
        number = 0
        for line in stream:
            text = line.strip().removeprefix(codecs.BOM_UTF8)
            if text:
                number += 1
                yield _json_row(number, text)


def _json_row(number: int, line: bytes) -> Row:
    try:
        profile = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        message = f"is not valid JSON: the fault is at column {error.colno}"
        return Row(number, None, None, (RowFault("", "malformed_json", message, "give one JSON object a line"),))
    reference = profile.get("reference") if isinstance(profile, dict) else None
    return _checked(number, reference if isinstance(reference, str) else None, profile, {}, ())


def _read_table(name: str, lines: Iterator[Sequence[str]]) -> Iterator[Row]:
    headings = next(lines, None)
    if headings is None:
        raise ListError(f"{name}: is empty; its first line names the columns (see `stackway batch --columns`).")
    columns = _columns(name, headings)
    for number, cells in enumerate(lines, start=1):
        if any(cell.strip() for cell in cells):
            yield _table_row(number, columns, cells)


def _columns(name: str, headings: Sequence[str]) -> list[str]:
    columns = [clean_name(heading) for heading in headings]
    while columns and not columns[-1]:
        columns.pop()
    unknown = [column for column in columns if column not in BY_NAME]
    if unknown:
        # A misspelt limit left out in silence would let through what a person cannot do.
        close = [f"{u} (did you mean {m[0]}?)" if (m := get_close_matches(u, BY_NAME, 1)) else u for u in unknown]
        raise ListError(
            f"{name}: columns not known: {', '.join(close)}. Correct or remove them; `stackway batch --columns` "
            "lists what is read."
        )
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise ListError(f"{name}: columns given twice: {', '.join(twice)}. Keep one of each.")
    return columns


def _table_row(number: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    given = dict(zip(columns, cells, strict=False))
    reference = given.get("reference", "").strip() or None
    if any(cell.strip() for cell in cells[len(columns) :]):
        fix = "put text that holds the separator in double quotes"
        return Row(number, reference, None, (RowFault("", "too_many_cells", "has more cells than columns", fix),))
    flat = read_cells(given)
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


def _csv_lines(path: Path) -> Iterator[Sequence[str]]:
    with path.open(encoding=_encoding(path), newline="") as stream:
        separator = _separator(stream.readline())
        stream.seek(0)
        reader = csv.reader(stream, delimiter=separator, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            fault = f"{path.name}: line {reader.line_num}: {error}. Close each quotation mark and save it as CSV."
            raise ListError(fault) from None


def _encoding(path: Path) -> str:
    """UTF-8 where every byte agrees with it, UTF-16 where it says so, else what Windows spreadsheets write."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        stream.seek(0)
        try:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _windows_encoding(path)
    return "utf-8-sig"


def _windows_encoding(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("cp1252")()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
    except UnicodeDecodeError:
        raise ListError(f"{path.name}: is text neither in UTF-8 nor in Windows-1252; save it as UTF-8.") from None
    return "cp1252"


def _separator(heading: str) -> str:
    """The separator under which the heading holds the most columns we know."""
    return max(_SEPARATORS, key=lambda s: sum(clean_name(c.strip('"\r\n')) in BY_NAME for c in heading.split(s)))


def _sheet_lines(path: Path) -> Iterator[Sequence[str]]:
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except CalamineError:
        raise ListError(f"{path.name}: cannot be read as a workbook; save it as .xlsx or .csv.") from None
    return (_texts(line) for line in sheet.iter_rows())


def _parquet_lines(path: Path) -> Iterator[Sequence[str]]:
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError):
        raise ListError(f"{path.name}: cannot be read as Parquet.") from None
    yield file.schema_arrow.names
    for batch in file.iter_batches():
        for row in batch.to_pylist():
            yield _texts(row.values())


def _texts(cells: Iterable[object]) -> list[str]:
    return [_as_text(cell) for cell in cells]


def _as_text(cell: object) -> str:
    """A typed cell as it would stand in a CSV: spreadsheets keep numbers as fractions and months as days."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, list | tuple):
        return "; ".join(_as_text(part) for part in cell)
    return str(cell)
