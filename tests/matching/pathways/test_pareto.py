"""Pareto sets: drawn points, smaller is better; and the definition, pair by pair, on generated ones."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.pathways.pareto import group_rows, non_dominated


def columns(points: list[list[float]]) -> np.ndarray:
    return np.array(points).T


POINTS = arrays(np.float64, st.tuples(st.integers(0, 12), st.just(3)), elements=st.sampled_from([0.0, 1.0, 2.0]))


def test_a01_a_point_worse_in_one_and_better_in_none_is_dropped() -> None:
    kept = non_dominated(columns([[1.0, 1.0], [1.0, 2.0]]))

    assert kept.tolist() == [True, False]


def test_a02_points_each_better_in_something_are_all_kept() -> None:
    kept = non_dominated(columns([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]]))

    assert kept.tolist() == [True, True, True]


def test_a03_of_equal_points_the_first_is_kept() -> None:
    kept = non_dominated(columns([[1.0, 1.0], [1.0, 1.0]]))

    assert kept.tolist() == [True, False]


def test_a04_of_equal_points_all_are_kept_where_asked() -> None:
    kept = non_dominated(columns([[1.0, 1.0], [1.0, 1.0], [2.0, 1.0]]), keep_equals=True)

    assert kept.tolist() == [True, True, False]


def test_a05_groups_do_not_compete() -> None:
    kept = non_dominated(columns([[1.0, 1.0], [2.0, 2.0]]), np.array([0, 1]))

    assert kept.tolist() == [True, True]


@given(POINTS)
def test_a06_those_kept_are_the_points_no_other_dominates(points: np.ndarray) -> None:
    kept = non_dominated(points.T, keep_equals=True)

    for row, point in enumerate(points):
        beaten = any((other <= point).all() and (other < point).any() for other in points)
        assert kept[row] == (not beaten)


def test_a07_rows_are_one_group_where_they_agree_in_every_column() -> None:
    groups = group_rows([np.array([1, 1, 2, 1]), np.array([5.0, 6.0, 5.0, 5.0])])

    assert groups[0] == groups[3]
    assert len(set(groups.tolist())) == 3
