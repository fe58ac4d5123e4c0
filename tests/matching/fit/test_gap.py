"""The gap counts what is missing, never what is to spare."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.fit.gap import descriptor_weights, gaps, largest_gaps
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

NEED = np.array([[3.0, 1.0, 5.0], [np.nan] * 3], np.float32)
WEIGHT = np.array([[0.5, 0.25, 0.25], [np.nan] * 3], np.float32)
levels = st.lists(st.floats(0.0, 7.0), min_size=3, max_size=3).map(np.array)


def test_the_gap_is_the_weighted_sum_of_what_is_missing_and_unknown_where_unrated() -> None:
    gap = gaps(np.array([2.0, 7.0, 1.0]), NEED, WEIGHT)

    np.testing.assert_allclose(gap, [0.5 * 1 + 0.25 * 0 + 0.25 * 4, np.nan])


@given(levels, st.integers(0, 2), st.floats(0.0, 7.0))
def test_more_skill_never_widens_a_gap(level: np.ndarray, descriptor: int, more: float) -> None:
    raised = level.copy()
    raised[descriptor] += more

    assert gaps(raised, NEED, WEIGHT)[0] <= gaps(level, NEED, WEIGHT)[0] + 1e-6


def test_the_largest_gaps_come_first_and_what_is_met_is_left_out() -> None:
    named = largest_gaps(np.array([2.0, 7.0, 1.0]), NEED[0], WEIGHT[0], most=3)

    assert named == [2, 0]


def test_weights_of_an_occupation_sum_to_one_and_unimportant_descriptors_weigh_nothing(tmp_path: Path) -> None:
    contents = Contents()
    contents.arrays["need"] = NEED
    contents.arrays["importance"] = np.array([[5.0, 1.0, 3.0], [np.nan] * 3], np.float32)
    write_snapshot(contents, tmp_path / "s")

    weights = descriptor_weights(Snapshot.open(tmp_path / "s"))

    np.testing.assert_allclose(weights, [[4 / 6, 0.0, 2 / 6], [np.nan] * 3], rtol=1e-6)
