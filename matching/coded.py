"""Coded columns: values that repeat are kept once, so that a test of every row asks each distinct value only once."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=Hashable)


class Coded(Generic[T]):
    """A column of values. Reads like a tuple; `values[code[row]]` is the value of a row."""

    __slots__ = ("code", "values")

    def __init__(self, column: Iterable[T]) -> None:
        seen: dict[T, int] = {}
        self.code: npt.NDArray[np.int64] = np.array([seen.setdefault(v, len(seen)) for v in column], np.int64)
        self.values: tuple[T, ...] = tuple(seen)

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

    def where(self, test: Callable[[T], bool]) -> npt.NDArray[np.bool_]:
        """Which rows hold a value that passes a test."""
        return np.array([test(value) for value in self.values], np.bool_)[self.code]
