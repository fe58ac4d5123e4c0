"""Coded columns: values that repeat are kept once, so that a test of every row asks each distinct value only once."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import count
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=Hashable)
U = TypeVar("U", bound=Hashable)


class Coded(Generic[T]):
    """A column of values. Reads like a tuple; `values[code[row]]` is the value of a row."""

    __slots__ = ("code", "values")

    def __init__(self, column: Iterable[T]) -> None:
        number: defaultdict[T, int] = defaultdict(count().__next__)  # the next one for each value that is new
        self.code: npt.NDArray[np.int64] = np.fromiter(map(number.__getitem__, column), np.int64)
        self.values: tuple[T, ...] = tuple(number)

    def __len__(self) -> int:
        return len(self.code)

    def __getitem__(self, row: int) -> T:
        return self.values[int(self.code[row])]

    def __iter__(self) -> Iterator[T]:
        return map(self.values.__getitem__, self.code.tolist())

    def rows(self) -> list[npt.NDArray[np.int64]]:
        """The rows that hold each of `values`, in order."""
        order = np.argsort(self.code, kind="stable")
        return np.split(order, np.searchsorted(self.code[order], np.arange(1, len(self.values))))[: len(self.values)]

    def beside(self, *others: "Coded[Any]") -> "Coded[tuple[Any, ...]]":
        """The column of what this one and others hold side by side, told apart by codes alone."""
        columns = (self, *others)
        told_apart = self.code
        for other in others:
            told_apart = told_apart * len(other.values) + other.code
        _, first, code = np.unique(told_apart, return_index=True, return_inverse=True)
        rows = np.sort(first)  # in the order in which the values come, as in a column that was given
        held = (map(column.values.__getitem__, column.code[rows].tolist()) for column in columns)
        together = Coded[tuple[Any, ...]](())
        together.code, together.values = np.searchsorted(rows, first)[code], tuple(zip(*held, strict=True))
        return together

    def map(self, made: Callable[[T], U]) -> "Coded[U]":
        """The column of what is made of each value; made once for each."""
        column = Coded(map(made, self.values))
        column.code = column.code[self.code]
        return column

    def ints(self, number: Callable[[T], int]) -> npt.NDArray[np.int64]:
        """A whole number for every row, asked once for each value."""
        return np.array([number(value) for value in self.values], np.int64)[self.code]

    def floats(self, number: Callable[[T], float]) -> npt.NDArray[np.float64]:
        """A number for every row, asked once for each value."""
        return np.array([number(value) for value in self.values], np.float64)[self.code]

    def where(self, test: Callable[[T], bool]) -> npt.NDArray[np.bool_]:
        """Which rows hold a value that passes a test."""
        return np.array([test(value) for value in self.values], np.bool_)[self.code]
