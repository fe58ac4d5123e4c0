"""Pareto sets: who is beaten by nobody."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_MOST_NUMBERS = 2**62
_BLOCK = 16  # rows compared with all others at once


def non_dominated(criteria: Floats, group: Ints | None = None, *, keep_equals: bool = False) -> Bools:
    """Which rows no other row of their group dominates; smaller is better in every column.

    Of equal rows the first is kept, with `keep_equals` all are. In every group the least row in lexicographic order is
    beaten by none; it is kept, what it beats is dropped, and so on with the rest, all groups at once.
    """
    group = np.zeros(len(criteria), np.int64) if group is None else group
    kept = np.zeros(len(criteria), np.bool_)
    left = np.lexsort((*criteria.T[::-1], group))
    group, criteria = group[left], criteria[left]
    while left.size:
        first = np.empty(left.size, np.bool_)
        first[0] = True
        np.not_equal(group[1:], group[:-1], out=first[1:])
        kept[left[first]] = True
        leader = criteria[first][np.cumsum(first) - 1]
        if keep_equals:
            kept[left[(criteria == leader).all(axis=1)]] = True
        stays = (criteria < leader).any(axis=1)
        left, group, criteria = left[stays], group[stays], criteria[stays]
    return kept


def unbeaten_by(front: Floats, criteria: Floats) -> Bools:
    """Which rows no row of a front equals or beats in every column; smaller is better."""
    unbeaten = np.ones(len(criteria), np.bool_)
    for row in range(0, len(front), _BLOCK):
        block = front[row : row + _BLOCK, None]
        unbeaten[unbeaten] = (block > criteria[unbeaten]).any(axis=2).all(axis=0)
    return unbeaten


def group_rows(columns: Sequence[npt.NDArray[np.generic]]) -> Ints:
    """A number for each row, equal where the rows agree in all columns."""
    number, numbers = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        if len(column) and np.any(column != column[0]):
            values, code = np.unique(column, return_inverse=True)
            if numbers * len(values) > _MOST_NUMBERS:
                distinct, number = np.unique(number, return_inverse=True)
                numbers = len(distinct)
            number, numbers = number * len(values) + code, numbers * len(values)
    return number
