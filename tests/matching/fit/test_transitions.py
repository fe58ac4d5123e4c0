"""What the transition model says of a person: the best of their past work, unknown without any."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.fit.derive import derive_transition_arrays
from matching.fit.transitions import TransitionModel
from matching.fit.weights import shipped_text
from taxonomy.snapshot import Contents, Snapshot, SnapshotError, write_snapshot
from tests.matching.fit.conftest import UNRATED

CHANCE = np.array([[1.0, 0.6, 0.1, np.nan], [0.2, 1.0, 0.3, np.nan], [0.0, 0.4, 1.0, np.nan], [np.nan] * 4], np.float32)
MODEL = TransitionModel(CHANCE)
EVERYWHERE = range(4)

jobs = st.tuples(st.integers(0, 3), st.floats(0.0, 400.0))
histories = st.lists(jobs, max_size=5)


def test_without_work_history_nothing_is_known() -> None:
    assert np.isnan(MODEL.feasibility([], EVERYWHERE)).all()
    assert np.isnan(MODEL.feasibility([(0, 0.0)], EVERYWHERE)).all()


def test_the_best_of_the_past_occupations_speaks() -> None:
    answer = MODEL.feasibility([(0, 24.0), (1, 36.0)], EVERYWHERE)

    np.testing.assert_allclose(answer, [1.0, 1.0, 0.3, np.nan], rtol=1e-6)


def test_half_a_year_counts_half_and_spells_of_one_occupation_add_up() -> None:
    once = MODEL.feasibility([(0, 6.0)], [1])
    twice = MODEL.feasibility([(0, 6.0), (0, 6.0)], [1])

    np.testing.assert_allclose(once, [0.3], rtol=1e-6)
    np.testing.assert_allclose(twice, [0.6], rtol=1e-6)


def test_an_occupation_without_ratings_tells_nothing_but_hides_nothing() -> None:
    np.testing.assert_array_equal(
        MODEL.feasibility([(0, 24.0), (3, 90.0)], EVERYWHERE), MODEL.feasibility([(0, 24.0)], EVERYWHERE)
    )


@given(histories, jobs)
def test_more_work_never_lowers_an_answer(history: list[tuple[int, float]], more: tuple[int, float]) -> None:
    before = MODEL.feasibility(history, EVERYWHERE)

    after = MODEL.feasibility([*history, more], EVERYWHERE)

    assert (np.isnan(before) | (after >= before - 1e-12)).all()
    assert (np.isnan(after) | ((after >= 0) & (after <= 1))).all()


@given(histories)
def test_the_order_of_jobs_is_without_meaning(history: list[tuple[int, float]]) -> None:
    # Months are added, and sums of floats depend on their order in the last bit.
    np.testing.assert_allclose(
        MODEL.feasibility(history, EVERYWHERE), MODEL.feasibility(history[::-1], EVERYWHERE), rtol=1e-12
    )


def test_a_snapshot_serves_what_was_derived_at_install(contents: Contents, tmp_path: Path) -> None:
    contents.arrays.update(derive_transition_arrays(contents))
    write_snapshot(contents, tmp_path / "s")

    model = TransitionModel.from_snapshot(Snapshot.open(tmp_path / "s"))

    answer = model.feasibility([(0, 24.0)], range(UNRATED + 1))
    assert answer[0] == 1.0
    assert np.isnan(answer[UNRATED])
    np.testing.assert_array_equal(answer, contents.arrays["transition_probability"][0])


def test_the_same_contents_give_the_same_bytes(contents: Contents) -> None:
    first, second = derive_transition_arrays(contents), derive_transition_arrays(contents)

    assert {k: v.tobytes() for k, v in first.items()} == {k: v.tobytes() for k, v in second.items()}


def test_probabilities_of_other_weights_are_refused(contents: Contents, tmp_path: Path) -> None:
    model = json.loads(shipped_text())
    model["kinds"]["tasks"]["offset"] += 1.0
    contents.arrays.update(derive_transition_arrays(contents, json.dumps(model)))
    write_snapshot(contents, tmp_path / "s")

    with pytest.raises(SnapshotError, match="other transition weights; install the data again"):
        TransitionModel.from_snapshot(Snapshot.open(tmp_path / "s"))


def test_a_snapshot_compiled_without_the_model_is_refused(tmp_path: Path) -> None:
    write_snapshot(Contents(), tmp_path / "s")

    with pytest.raises(SnapshotError, match="no array transition_weights"):
        TransitionModel.from_snapshot(Snapshot.open(tmp_path / "s"))


def test_data_without_any_rated_occupation_give_only_unknowns(contents: Contents) -> None:
    contents.arrays["need"][:] = np.nan

    assert np.isnan(derive_transition_arrays(contents)["transition_probability"]).all()
