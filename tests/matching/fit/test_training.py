"""A fit is repeatable, sees only what it is given, and finds what belongs together."""

from dataclasses import replace

import numpy as np
import pytest

from matching.fit.derive import derive_transition_arrays
from matching.fit.pairs import read_pairs, split_by_major_group, split_by_occupation, stack_features
from matching.fit.training import digest_of_inputs, fit_transition_model, fit_weights
from matching.fit.weights import read_weights
from taxonomy.snapshot import Contents
from tests.matching.fit.conftest import EACH, UNRATED


def test_the_same_contents_give_the_same_weights_for_every_kind_the_data_tell(contents: Contents) -> None:
    first, second = fit_transition_model(contents), fit_transition_model(contents)

    assert first == second
    assert set(read_weights(first)) == {"tasks", "titles", "plain"}


def test_a_fitted_model_finds_an_occupations_own_trade_nearest(contents: Contents) -> None:
    chance = derive_transition_arrays(contents, fit_transition_model(contents))["transition_probability"]

    for row in range(UNRATED):
        own = np.arange(UNRATED) // EACH == row // EACH
        mates, strangers = own & (np.arange(UNRATED) != row), ~own
        assert np.median(chance[row, :UNRATED][mates]) > np.median(chance[row, :UNRATED][strangers])


def test_occupations_held_out_leave_no_trace_in_the_weights(contents: Contents) -> None:
    pairs = read_pairs(contents)
    features = stack_features(pairs, contents, "plain")
    seen, held = np.arange(0, UNRATED, 2), np.arange(1, UNRATED, 2)
    turned = pairs.gain.copy()
    turned[held] = turned[held][:, ::-1]
    turned[:, held] = 20 - turned[:, held]

    before = fit_weights("plain", features, pairs, seen)
    after = fit_weights("plain", features, replace(pairs, gain=turned), seen)

    assert before == after


def test_data_without_related_occupations_are_refused(contents: Contents) -> None:
    contents.tables["related"] = []

    with pytest.raises(ValueError, match="no related occupations"):
        fit_transition_model(contents)


def test_an_occupation_with_borrowed_ratings_takes_no_part(contents: Contents) -> None:
    occupations = contents.tables["occupations"]
    occupations[3] = replace(occupations[3], ratings_from=occupations[2].onet_code)

    pairs = read_pairs(contents)

    assert occupations[3].onet_code not in pairs.codes
    assert pairs.gain.shape == (UNRATED - 1, UNRATED - 1)


def test_the_first_listed_gains_most_and_what_is_not_listed_nothing(contents: Contents) -> None:
    pairs = read_pairs(contents)

    first = next(r for r in contents.tables["related"] if r.onet_code == pairs.codes[0] and r.rank == 1)

    assert pairs.gain[0, pairs.codes.index(first.related_code)] == 20
    assert sorted(set(pairs.gain[0])) == [0, 15, 16, 17, 18, 19, 20]


def test_splits_are_even_and_keep_a_major_group_together(contents: Contents) -> None:
    pairs = read_pairs(contents)

    by_occupation, by_group = split_by_occupation(pairs, 4), split_by_major_group(pairs, 3)

    assert np.bincount(by_occupation).tolist() == [9, 9, 9, 9]
    assert np.bincount(by_group).tolist() == [12, 12, 12]
    assert all(
        len({f for g, f in zip(pairs.major_groups, by_group, strict=True) if g == group}) == 1
        for group in pairs.major_groups
    )


def test_the_digest_of_a_fits_inputs_moves_with_any_of_them(contents: Contents) -> None:
    before = digest_of_inputs(contents)
    contents.arrays["importance"][0, 0] += 0.25

    assert digest_of_inputs(contents) != before


def test_calibration_on_a_smaller_selection_makes_its_probabilities_come_true(contents: Contents) -> None:
    kept = 3 * EACH  # three of the six trades
    smaller = Contents(tables=dict(contents.tables), arrays={k: a[:kept] for k, a in contents.arrays.items()})
    smaller.tables["occupations"] = contents.tables["occupations"][:kept]
    smaller.tables["titles"] = [t for t in contents.tables["titles"] if t.kind == "occupation"]
    smaller.tables["related"] = []
    smaller.tables["tasks"] = []

    text = fit_transition_model(contents, smaller)

    plain, alone = read_weights(text)["plain"], read_weights(fit_transition_model(contents))["plain"]
    moves = ~np.eye(kept, dtype=np.bool_)
    chance = derive_transition_arrays(smaller, text)["transition_probability"][moves]
    listed = read_pairs(contents).gain[:kept, :kept][moves] > 0
    assert plain.weights == alone.weights
    assert (plain.slope, plain.offset) != (alone.slope, alone.offset)
    assert chance.mean() == pytest.approx(listed.mean(), rel=0.25)
