"""Frozen dataclasses to Arrow columns and back: the one place that knows both.

A snapshot holds each record type as one Arrow file, uncompressed, so that a memory map shares it between processes
and numeric columns are read in place.
"""

import types
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields
from functools import cached_property
from itertools import pairwise
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

T = TypeVar("T")

_ARROW: dict[object, Any] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def _arrow_field(name: str, hint: object) -> pa.Field:
    nullable = False
    if get_origin(hint) in (Union, types.UnionType):
        inner = [a for a in get_args(hint) if a is not type(None)]
        if len(inner) != 1:
            raise TypeError(f"column {name}: only X | None is a column type, not {hint}")
        hint, nullable = inner[0], True
    if get_origin(hint) is tuple:
        return pa.field(name, pa.list_(_ARROW[get_args(hint)[0]]), nullable=nullable)
    return pa.field(name, _ARROW[hint], nullable=nullable)


def arrow_schema(record_type: type) -> pa.Schema:
    """The Arrow schema of a record dataclass: str, int, float, bool, tuples of these, and `| None`."""
    hints = get_type_hints(record_type)
    return pa.schema([_arrow_field(f.name, hints[f.name]) for f in fields(record_type)])


def to_arrow(record_type: type[T], records: Sequence[T]) -> pa.Table:
    """Records as one table, in the order given."""
    schema = arrow_schema(record_type)
    columns = [pa.array([getattr(r, field.name) for r in records], type=field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema).combine_chunks()


def _with_defaults(record_type: type, data: pa.Table) -> pa.Table:
    """A table with the columns of its record type. One compiled before a field was known has the field's default.

    Raises:
        ValueError: it lacks a field that has none.
    """
    defaults = {f.name: f.default for f in fields(record_type)}
    if data.schema.names == list(defaults):
        return data
    schema = arrow_schema(record_type)
    if missing := [n for n in schema.names if n not in data.schema.names and defaults[n] is MISSING]:
        raise ValueError(f"{record_type.__name__} without {', '.join(missing)}: install the data again")
    columns = [
        data.column(f.name) if f.name in data.schema.names else pa.array([defaults[f.name]] * data.num_rows, f.type)
        for f in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _cells(column: pa.Array) -> list[Any]:
    """A column's cells as Python's values, None where unknown. Arrow's own list takes some ten times as long."""
    if pa.types.is_list(column.type):
        return _tuples(column)
    if not column.null_count or pa.types.is_string(column.type) or pa.types.is_boolean(column.type):
        cells: list[Any] = column.to_numpy(zero_copy_only=False).tolist()
        return cells
    # Numbers some of which are unknown: numpy has no place for those, so the values and what is known are read apart.
    numbers = np.frombuffer(column.buffers()[1], column.type.to_pandas_dtype())[column.offset :][: len(column)]
    objects = numbers.astype(object)
    objects[~_known(column)] = None
    return list(objects)


def _tuples(column: pa.Array) -> list[tuple[Any, ...] | None]:
    parts, ends = _cells(column.values), column.offsets.to_numpy().tolist()
    cells: list[tuple[Any, ...] | None] = [tuple(parts[start:end]) for start, end in pairwise(ends)]
    for row in np.flatnonzero(~_known(column)).tolist() if column.null_count else ():
        cells[row] = None
    return cells


def _known(column: pa.Array) -> npt.NDArray[np.bool_]:
    """Which cells hold a value: Arrow keeps a bit for each."""
    bits = np.unpackbits(np.frombuffer(column.buffers()[0], np.uint8), bitorder="little")
    return bits[column.offset :][: len(column)].astype(np.bool_)


def _only_chunk(data: pa.Table, name: str) -> pa.Array:
    found = data.column(name)
    return found.chunk(0) if found.num_chunks else pa.array([], found.type)


def distinct_texts(data: pa.Table, name: str) -> set[str | None]:
    """The different texts of a column. Most hold one throughout, which is seen without a text for each row."""
    column = _only_chunk(data, name)
    first = column[0].as_py() if len(column) else None
    return {first} if first is not None and _is_throughout(column, first.encode()) else set(_cells(column))


def _is_throughout(column: pa.Array, text: bytes) -> bool:
    """Whether every cell of a text column holds one text."""
    if column.null_count:
        return False
    ends = np.frombuffer(column.buffers()[1], np.int32)[column.offset :][: len(column) + 1]
    if (np.diff(ends) != len(text)).any():
        return False
    whole = column.buffers()[2].slice(int(ends[0]), int(ends[-1] - ends[0]))
    return bool(whole.equals(pa.py_buffer(text * len(column))))


class Table(Sequence[T], Generic[T]):
    """A memory-mapped table that reads as a sequence of frozen records and gives numeric columns as numpy views."""

    def __init__(self, record_type: type[T], data: pa.Table) -> None:
        self._type = record_type
        self._data = _with_defaults(record_type, data)

    def __len__(self) -> int:
        return int(self._data.num_rows)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        """Record at a row number; a slice gives a list of records."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        cells = (column[int(index)].as_py() for column in self._columns)
        return self._type(*(tuple(c) if isinstance(c, list) else c for c in cells))

    def __iter__(self) -> Iterator[T]:
        return map(self._type, *(_cells(column) for column in self._columns))

    @cached_property
    def _columns(self) -> list[Any]:
        return [self._column(name) for name in self._data.column_names]

    def _column(self, name: str) -> pa.Array:
        return _only_chunk(self._data, name)

    def rows_of(self, name: str, text: str, within: range | None = None) -> range:
        """The rows that hold a text in a column by which the table is sorted; no index has to be made of it first.

        Args:
            name: of the column.
            text: to find.
            within: rows among which the column is sorted; default: all.
        """
        column, rows = self._column(name), range(len(self)) if within is None else within

        def cell(row: int) -> str:
            found: str = column[row].as_py()
            return found

        start = bisect_left(rows, text, key=cell)
        return rows[start : bisect_right(rows, text, lo=start, key=cell)]

    def strings(self, name: str) -> list[str | None]:
        """A text column as a list."""
        return _cells(self._column(name))

    def distinct(self, name: str) -> set[str | None]:
        """The different texts of a column."""
        return distinct_texts(self._data, name)

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """A numeric column as float64, unknown as NaN. A view on the file where nothing is unknown."""
        column = self._column(name)
        if pa.types.is_boolean(column.type):
            return np.array(_cells(column), np.float64)
        array: npt.NDArray[np.float64] = column.to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
        return array

    @cached_property
    def records(self) -> "Records[T]":
        """The same records, each made once: for long tables of which answers show few records, but those often."""
        return Records(self)

    @property
    def arrow(self) -> pa.Table:
        """The Arrow table itself, for diffs and exports."""
        return self._data


class Records(Sequence[T], Generic[T]):
    """The records of a table, each made when it is first read, and kept."""

    def __init__(self, table: Table[T]) -> None:
        self._table = table
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        """Record at a row number; a slice gives a list of records."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        row = range(len(self))[index]
        if row not in self._made:
            self._made[row] = self._table[row]
        return self._made[row]
