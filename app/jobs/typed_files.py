"""Files whose cells have kinds: workbooks and Parquet, as lines of text such as a CSV would hold."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from app.jobs.headings import ListError
from app.jobs.workbooks import check_workbook

_AT_ONCE = 1000  # rows of a Parquet file in memory together


def sheet_lines(path: Path, name: str) -> Iterator[Sequence[str]]:
    """The lines of the first sheet of a workbook.

    Raises:
        ListError: it is no workbook, or one that unpacks to too much.
    """
    check_workbook(path, name)
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, OSError):
        raise ListError(f"{name}: cannot be read as a workbook; save it as .xlsx or .csv.") from None
    return (_texts(line) for line in sheet.iter_rows())


def parquet_lines(path: Path, name: str) -> Iterator[Sequence[str]]:
    """The names of the columns, and then the rows.

    Raises:
        ListError: it is no Parquet file, or not as it says it is.
    """
    said = f"{name}: cannot be read as Parquet."
    try:
        file = pq.ParquetFile(path, thrift_string_size_limit=1 << 24, thrift_container_size_limit=1 << 17)
    except (pa.ArrowException, OSError):
        raise ListError(said) from None
    schema = file.schema_arrow
    if any(_has_parts(field.type) for field in schema):
        raise ListError(f"{name}: has columns of several parts; give text, numbers, days and lists of these.")
    yield schema.names
    rows = 0
    try:
        for batch in file.iter_batches(batch_size=_AT_ONCE):
            rows += batch.num_rows
            for row in batch.to_pylist():
                yield _texts(row.values())
    except (pa.ArrowException, OSError, ValueError, OverflowError):  # the last two: days of no calendar
        raise ListError(said) from None
    if rows != file.metadata.num_rows:
        raise ListError(f"{name}: says it has {file.metadata.num_rows} rows and has {rows}.")


def _has_parts(kind: pa.DataType) -> bool:
    """Whether a column holds more than single values and lists of them."""
    return bool(pa.types.is_nested(kind.value_type if pa.types.is_list(kind) else kind))


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
