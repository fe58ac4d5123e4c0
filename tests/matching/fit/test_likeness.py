"""Likeness of occupations is read from what they are, and only the gap has a direction."""

import numpy as np

from matching.fit.features import LIKENESSES
from matching.fit.likeness import cosine, list_likenesses, overlap, rated_rows
from taxonomy.snapshot import Contents
from tests.matching.fit.conftest import UNRATED


def test_every_likeness_that_the_fit_names_is_told_of_every_pair_of_rated_occupations(contents: Contents) -> None:
    likenesses = list_likenesses(contents)

    assert set(LIKENESSES["tasks"]) == set(likenesses)
    assert all(m.shape == (UNRATED, UNRATED) and np.isfinite(m).all() for m in likenesses.values())
    assert UNRATED not in rated_rows(contents)


def test_related_occupations_are_never_read(contents: Contents) -> None:
    before = list_likenesses(contents)
    contents.tables["related"] = []

    after = list_likenesses(contents)

    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_extra_skill_on_the_way_there_is_a_surplus_on_the_way_back(contents: Contents) -> None:
    contents.arrays["need"][0] = contents.arrays["need"][1] + 0.5

    likenesses = list_likenesses(contents)

    assert likenesses["no_gap"][0, 1] == 0
    assert likenesses["no_gap"][1, 0] < -0.4
    np.testing.assert_array_equal(likenesses["no_surplus"], likenesses["no_gap"].T)


def test_endings_of_words_do_not_part_what_belongs_together(contents: Contents) -> None:
    titles = contents.tables["titles"]
    contents.tables["titles"] = [
        type(t)(t.text.replace("weld", "welder" if i % 2 else "welding"), t.onet_code, t.kind, t.release)
        for i, t in enumerate(titles)
    ]

    likeness = list_likenesses(contents)["titles"]

    assert likeness[0, 1] > 0.9


def test_words_shared_are_likeness_and_no_words_are_none() -> None:
    likeness = overlap([["a", "b"], ["a", "b"], ["c"], []])

    np.testing.assert_allclose(likeness, [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]], atol=1e-6)
    assert not overlap([[], []]).any()


def test_a_row_of_zeros_is_like_nothing() -> None:
    assert not cosine(np.array([[0.0, 0.0], [1.0, 2.0]]))[0].any()
