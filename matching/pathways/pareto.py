"""Pareto sets: who is beaten by nobody.

Criteria are arrays of criteria x rows, so that each criterion lies together; smaller is better in all.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_MOST_NUMBERS = 2**62
_BLOCK = 16  # rows compared with all others at once
_MOST_PAIRS = 20_000  # pairs of rows compared at once: more take longer than dropping some of the rows first


def non_dominated(criteria: Floats, group: Ints | None = None, *, keep_equals: bool = False) -> Bools:
    """Which rows no other row of their group dominates.

    Of equal rows the first is kept, with `keep_equals` all are.
    """
    rows = criteria.shape[1]
    if rows <= 1:
        return np.ones(rows, np.bool_)
    group = np.zeros(rows, np.int64) if group is None else group
    kept = np.zeros(rows, np.bool_)
    left = np.argsort(group, kind="stable")
    sizes = _sizes(group[left])
    if np.dot(sizes, sizes) > _MOST_PAIRS:
        left, sizes = _drop_by_leaders(criteria, group, kept, keep_equals=keep_equals)
    kept[left[~_beaten(criteria[:, left], sizes, left, keep_equals=keep_equals)]] = True
    return kept


def starts(group: Ints) -> Ints:
    """Where each group begins; groups stand together."""
    new = np.ones(len(group), np.bool_)
    np.not_equal(group[1:], group[:-1], out=new[1:])
    return np.flatnonzero(new)


def _sizes(group: Ints) -> Ints:
    """Rows in each group; groups stand together."""
    first = starts(group)
    sizes: Ints = np.concatenate([first[1:], [len(group)]])[: len(first)] - first
    return sizes


def _drop_by_leaders(criteria: Floats, group: Ints, kept: Bools, *, keep_equals: bool) -> tuple[Ints, Ints]:
    """The rows left, and the sizes of their groups, once few enough to compare all pairs.

    In every group the least row in lexicographic order is beaten by none; it is kept, what it beats is dropped, and so
    on with the rest, all groups at once.
    """
    left = np.lexsort((*criteria[::-1], group))
    group, criteria = group[left], criteria[:, left]
    sizes = _sizes(group)
    while np.dot(sizes, sizes) > _MOST_PAIRS:
        first = np.cumsum(sizes) - sizes
        kept[left[first]] = True
        leader = np.repeat(criteria[:, first], sizes, axis=1)
        if keep_equals:
            kept[left[(criteria == leader).all(axis=0)]] = True
        stays = (criteria < leader).any(axis=0)
        left, group, criteria = left[stays], group[stays], criteria[:, stays]
        sizes = _sizes(group)
    return left, sizes


def _beaten(criteria: Floats, sizes: Ints, order: Ints, *, keep_equals: bool) -> Bools:
    """Which rows another row of their group beats, all pairs at once; groups stand together, of these sizes."""
    beaten = np.zeros(criteria.shape[1], np.bool_)
    own = np.repeat(sizes, sizes)  # of each row: how many rows it is compared with
    row = np.repeat(np.arange(len(own)), own)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)  # of each row: where its group begins
    other = np.arange(len(row)) - np.repeat(np.cumsum(own) - own - first, own)
    for criterion in criteria:
        as_good = criterion[other] <= criterion[row]
        row, other = row[as_good], other[as_good]
    better = (criteria[:, other] < criteria[:, row]).any(axis=0)
    if not keep_equals:
        better |= order[other] < order[row]
    beaten[row[better]] = True
    return beaten


def unbeaten_by(front: Floats, criteria: Floats) -> Bools:
    """Which rows no row of a front equals or beats in every criterion."""
    unbeaten = np.ones(criteria.shape[1], np.bool_)
    for row in range(0, front.shape[1], _BLOCK):
        block = front[:, row : row + _BLOCK, None]
        unbeaten[unbeaten] = (block > criteria[:, None, unbeaten]).any(axis=0).all(axis=0)
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
