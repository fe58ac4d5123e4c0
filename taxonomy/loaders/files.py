"""Published files as they lie on disk or in a zip archive, and their lines as text."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from pyarrow import parquet
from python_calamine import CalamineError, CalamineWorkbook

from taxonomy.frozen import frozen


class SourceError(Exception):
    """A delivery that cannot be used as a whole: a file, a column or the expected number of rows is missing."""


@frozen
class SourceFile:
    """One published file: on disk, or a member of a zip archive."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The publisher's file name, without folders."""
        return Path(self.member).name if self.member else self.path.name

    @property
    def place(self) -> str:
        """The last folder or archive and the name: where an edition is often written, and no more of the machine."""
        return f"{self.path.name}/{self.name}" if self.member else f"{self.path.parent.name}/{self.name}"

    def read(self) -> bytes:
        """The file's bytes.

        Raises:
            SourceError: it cannot be read.
        """
        try:
            if self.member is None:
                return self.path.read_bytes()
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.member)
        except (OSError, zipfile.BadZipFile) as error:
            raise SourceError(f"{self.name} cannot be read: {error}") from error


def list_files(paths: Iterable[Path]) -> list[SourceFile]:
    """Every file in `paths`: files as given, folders recursively, zip archives by member; sorted, each once.

    Raises:
        SourceError: a path does not exist or an archive is broken.
    """
    found: set[tuple[Path, str | None]] = set()
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path} does not exist")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update((file.resolve(), member) for member in _members(file))
    return [SourceFile(path, member) for path, member in sorted(found, key=lambda f: (str(f[0]), f[1] or ""))]


def _members(file: Path) -> list[str | None]:
    if file.suffix.lower() != ".zip":
        return [None]
    try:
        with zipfile.ZipFile(file) as archive:
            return [info.filename for info in archive.infolist() if not info.is_dir()]
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(f"{file.name} is not a readable zip archive: {error}") from error


class Layout(Protocol):
    """How a table is written."""

    @property
    def delimiter(self) -> str:
        """Between cells: a comma, or a tab, which also means that nothing is quoted."""

    @property
    def encoding(self) -> str:
        """The text's encoding."""

    @property
    def sheet(self) -> str | None:
        """A workbook's sheet; None for the first."""

    @property
    def records(self) -> str | None:
        """The key under which a JSON object keeps its list of records; None when the file is that list."""


def read_lines(file: SourceFile, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Each line of a delimited text, a sheet, a Parquet table or a JSON list: its number and its cells as text.

    A JSON record's nested fields are columns named by their path, "location.zip"; a list of plain values is one cell,
    its values separated by ";".

    Raises:
        SourceError: the file is not of its kind, or lacks the sheet.
    """
    match Path(file.name.lower()).suffix:
        case ".xlsx" | ".xls" | ".xlsb" | ".ods":
            return _sheet_lines(file, layout)
        case ".json":
            return _json_lines(file, layout)
        case ".parquet":
            return _parquet_lines(file)
    return _text_lines(file, layout)


def _text_lines(file: SourceFile, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    try:
        text = file.read().decode(layout.encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name} is not {layout.encoding} text: {error.reason} at byte {error.start}") from error
    stream = io.StringIO(text, newline="")
    # O*NET's tab-delimited tables are not quoted: a quotation mark in them is part of the text.
    reader = (
        csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if layout.delimiter == "\t" else csv.reader(stream)
    )
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise SourceError(f"{file.name}, line {reader.line_num}: {error}") from error


def _sheet_lines(file: SourceFile, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
        names = workbook.sheet_names
        if layout.sheet is not None and layout.sheet not in names:
            raise SourceError(f"{file.name}: no sheet {layout.sheet!r} among {', '.join(names)}")
        sheet = workbook.get_sheet_by_name(layout.sheet or names[0])
        rows = sheet.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SourceError(f"{file.name} is not a readable workbook: {error}") from error
    for line, row in enumerate(rows, start=1):
        yield line, [_as_text(cell) for cell in row]


def _json_lines(file: SourceFile, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    try:
        data = json.loads(file.read())
        records = [_flat(record) for record in (data[layout.records] if layout.records else data)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{file.name} is not a list of records in JSON: {type(error).__name__} {error}") from error
    names = list(dict.fromkeys(name for record in records for name in record))
    yield 1, names
    for line, record in enumerate(records, start=2):
        yield line, [_as_text(record.get(name)) for name in names]


def _flat(record: Mapping[str, Any], prefix: str = "") -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            cells.update(_flat(value, f"{prefix}{name}."))
        elif not isinstance(value, list):
            cells[f"{prefix}{name}"] = value
        elif not any(isinstance(item, dict | list) for item in value):
            cells[f"{prefix}{name}"] = ";".join(map(_as_text, value))
    return cells


def _parquet_lines(file: SourceFile) -> Iterator[tuple[int, list[str]]]:
    try:
        table = parquet.read_table(pa.BufferReader(file.read()))
    except pa.ArrowException as error:
        raise SourceError(f"{file.name} is not a readable Parquet table: {error}") from error
    yield 1, list(table.column_names)
    line = 1
    for batch in table.to_batches(max_chunksize=10_000):
        columns: Sequence[Sequence[object]] = [column.to_pylist() for column in batch.columns]
        for line, cells in enumerate(zip(*columns, strict=True), start=line + 1):  # noqa: B020 - goes on from the last
            yield line, [_as_text(cell) for cell in cells]


def _as_text(cell: object) -> str:
    """A cell as the text a CSV would hold: 12.0 of a sheet is 12, and nothing is an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
