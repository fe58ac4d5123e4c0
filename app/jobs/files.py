"""Files of people as lines of cells: CSV in the encodings and separators spreadsheets write, JSON lines, XLSX, Parquet.

Files are read as they go, so that a list may be longer than memory; what no list of people holds is refused before it
costs anything, since a file may come from anywhere. Only text, numbers and days come out: nothing in a file is run.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING

import orjson

from app.jobs.headings import MOST_COLUMNS, Heading, ListError, is_known, read_heading
from taxonomy.frozen import frozen

if TYPE_CHECKING:
    import _csv

_SEPARATORS = (",", ";", "\t")
_BLOCK = 1 << 20
LONGEST_LINE = 1 << 20  # characters; the longest profile the service reads by itself has as many
_SHORTER = "write a line for each person, and leave out what no plan depends on"

MORE = "…"  # stands for what nobody needs: cells without a column; a line of JSON too long to be one
_DIGITS = 8  # of the number of a row, at most

RawRow = tuple[int, list[str] | str]  # number, counted from 1 after any heading; cells, or a line of JSON


class Kind(StrEnum):
    """What a list is written in."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"


_KIND_OF = {
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".txt": Kind.CSV,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".xlsx": Kind.XLSX,
    ".parquet": Kind.PARQUET,
}


@frozen
class RawList:
    """A file opened: its heading, which JSON lines do without, and its rows, to be read once."""

    heading: Heading | None
    rows: Iterator[RawRow]


def kind_of(path: Path) -> Kind:
    """What a file is written in, by the ending of its name.

    Raises:
        ListError: the ending is none of a list.
    """
    kind = _KIND_OF.get(path.suffix.lower())
    if kind is None:
        raise ListError(f"{path.name}: give a list as .csv, .tsv, .jsonl, .xlsx or .parquet.")
    return kind


def open_list(path: Path, kind: Kind, name: str, *, numbered: bool = False) -> RawList:
    """The rows of a file in their order; faults of the file may also come while they are read.

    Args:
        path: where the file is.
        kind: what it is written in.
        name: what messages call it.
        numbered: whether a column, or a key, `row` numbers the rows, as in a list of corrections.

    Raises:
        ListError: the file is no list this reads.
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise ListError(f"{name}: cannot be read: {error.strerror}.") from None
    if kind is Kind.JSONL:
        return RawList(None, _numbered_json(_json_lines(path), name) if numbered else _json_lines(path))
    lines = _lines(path, kind, name)
    first = next(lines, None)
    if first is None:
        raise ListError(f"{name}: is empty; its first line names the columns (see `stackway batch --columns`).")
    heading = read_heading(name, first, numbered=numbered)
    return RawList(heading, _rows(heading, lines, name))


def _lines(path: Path, kind: Kind, name: str) -> Iterator[Sequence[str]]:
    if kind is Kind.CSV:
        return _csv_lines(path, name)
    from app.jobs import typed_files  # noqa: PLC0415 # its libraries take longer to load than most lists to read

    return (typed_files.sheet_lines if kind is Kind.XLSX else typed_files.parquet_lines)(path, name)


def _rows(heading: Heading, lines: Iterator[Sequence[str]], name: str) -> Iterator[RawRow]:
    """Rows that hold something; cells of columns that are left out stay behind here."""
    width, left_out = len(heading.columns), [n for n, name in enumerate(heading.columns) if name is None]
    for number, line in enumerate(lines, start=1):
        if not any(cell.strip() for cell in line):
            continue
        if sum(map(len, line)) > LONGEST_LINE:
            raise ListError(f"{name}: has a row of more than {LONGEST_LINE} characters; {_SHORTER}.")
        cells = list(line[:width])
        named = number if heading.row_at is None else _row_number(line, heading.row_at, name, number)
        for place in left_out:
            if place < len(cells):
                cells[place] = ""
        if any(cell.strip() for cell in line[width:]):
            cells.append(MORE)  # one cell too many is enough to say so
        yield named, cells


def _row_number(line: Sequence[str], place: int, name: str, number: int) -> int:
    said = line[place].strip() if place < len(line) else ""
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise ListError(f"{name}: line {number} after the heading: the column `row` does not hold the number of a row.")
    return int(said)


def _json_lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            text = line.strip().removeprefix(codecs.BOM_UTF8)
            if text or not whole:
                number += 1
                yield number, text.decode("utf-8", errors="replace") if whole else MORE
            while not whole and line:  # the rest of it
                line = stream.readline(LONGEST_LINE)
                whole = line.endswith(b"\n")


def _numbered_json(rows: Iterator[tuple[int, str]], name: str) -> Iterator[RawRow]:
    for number, line in rows:
        try:
            profile = orjson.loads(line)
        except orjson.JSONDecodeError:
            profile = None
        row = profile.pop("row", None) if isinstance(profile, dict) else None
        if not isinstance(row, int) or isinstance(row, bool) or not 0 < row < 10**_DIGITS:
            raise ListError(f'{name}: line {number}: give "row", the number of the row to correct, beside the profile.')
        yield row, orjson.dumps(profile).decode()


def _csv_lines(path: Path, name: str) -> Iterator[Sequence[str]]:
    with path.open(encoding=_encoding(path, name), newline="") as stream:
        try:
            separator = _separator(stream.readline(LONGEST_LINE))
            stream.seek(0)
            yield from _cells(csv.reader(_short_lines(stream, name), delimiter=separator, strict=True), name)
        except UnicodeError:
            raise ListError(f"{name}: is text in no one encoding; save it as UTF-8.") from None


def _cells(reader: "_csv.Reader", name: str) -> Iterator[Sequence[str]]:
    try:
        yield from reader
    except csv.Error:
        fault = f"{name}: line {reader.line_num}: is not CSV. Close each quotation mark and save it as CSV."
        raise ListError(fault) from None


def _short_lines(stream: IO[str], name: str) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise ListError(f"{name}: has a line of more than {LONGEST_LINE} characters; {_SHORTER}.")
        yield line


def _encoding(path: Path, name: str) -> str:
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
            return _windows_encoding(path, name)
    return "utf-8-sig"


def _windows_encoding(path: Path, name: str) -> str:
    """Windows-1252, where no line is UTF-8: of a file pasted from two, half of the names would come out wrong."""
    utf8 = other = 0
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), start=1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                utf8 = utf8 or number
            except UnicodeDecodeError:
                other = other or number
            try:
                line.decode("cp1252")
            except UnicodeDecodeError:
                raise ListError(f"{name}: is text neither in UTF-8 nor in Windows-1252; save it as UTF-8.") from None
            if utf8 and other:
                raise ListError(
                    f"{name}: is in two encodings: line {utf8} in UTF-8, line {other} in another; save it as UTF-8."
                )
    return "cp1252"


def _separator(heading: str) -> str:
    """The separator under which the heading holds the most columns we know."""
    return max(_SEPARATORS, key=lambda s: sum(is_known(c.strip('"\r\n')) for c in heading.split(s, MOST_COLUMNS)))
