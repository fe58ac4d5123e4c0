"""Occupations by all the words of a title: learned from titles, the same each time, a title alone or in a list."""

import numpy as np

from matching.resolve.classifier import MEMBERS, Classifier, derive_classifier
from matching.resolve.postings import Array, Arrays

TITLES = [
    ("golf cart repairer", 0), ("cart repairer", 0), ("small engine repairer", 0), ("mower repairer", 0),
    ("golf instructor", 1), ("golf coach", 1), ("tennis coach", 1), ("swim instructor", 1),
    ("pastry cook", 2), ("line cook", 2), ("grill cook", 2), ("pastry baker", 2),
]  # fmt: skip
TASKS = [("fry the catfish", 2), ("fry catfish for guests", 2)]


class _Store:
    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays

    def array(self, name: str) -> Array:
        return self._arrays[name]


def _classifier() -> Classifier:
    return Classifier("c", _Store(derive_classifier("c", TITLES, TASKS, 3)))


def test_the_same_titles_give_the_same_bytes() -> None:
    first, again = derive_classifier("c", TITLES, TASKS, 3), derive_classifier("c", TITLES, TASKS, 3)

    assert {n: a.tobytes() for n, a in first.items()} == {n: a.tobytes() for n, a in again.items()}


def test_what_a_title_shares_with_all_titles_of_an_occupation_tells() -> None:
    classifier = _classifier()

    shares = classifier.log_shares(["tennis instructor", "engine cart repairer", "pastry maker"])

    assert shares.argmax(axis=1).tolist() == [1, 0, 2]


def test_a_title_among_many_has_the_very_shares_it_has_alone() -> None:
    classifier = _classifier()
    titles = [f"{a} {b}" for a, _ in TITLES for b in ("golf", "zxq", "")] + [""]

    together = classifier.log_shares(titles)

    for title, shares in zip(titles, together, strict=True):
        np.testing.assert_array_equal(shares, classifier.log_shares([title])[0])


def test_a_misspelt_word_is_known_by_its_letters() -> None:
    assert _classifier().log_shares(["reparer"]).argmax() == 0


def test_words_of_tasks_tell_where_no_title_has_them() -> None:
    assert _classifier().log_shares(["catfish fry"]).argmax() == 2


def test_shares_add_up_to_one_and_unknown_words_leave_what_is_usual() -> None:
    classifier = _classifier()

    unknown, nothing, known = np.exp(classifier.log_shares(["xq", "", "line cook"]))

    assert abs(float(known.sum()) - 1) < 1e-5
    np.testing.assert_array_equal(unknown, nothing)


def test_a_lexicon_without_titles_gives_a_classifier_too() -> None:
    empty = Classifier("c", _Store(derive_classifier("c", [], [], 2)))

    np.testing.assert_allclose(np.exp(empty.log_shares(["cook"])), [[0.5, 0.5]], rtol=1e-5)


def test_the_shares_are_the_mean_of_models_learned_from_different_beginnings() -> None:
    arrays = derive_classifier("c", TITLES, TASKS, 3)
    places = arrays["c_occupations"]

    alone = []
    for member in range(MEMBERS):
        vectors = np.split(arrays["c_terms"], MEMBERS, axis=1)[member]
        one = arrays | {"c_terms": vectors, "c_occupations": places[member : member + 1]}
        alone.append(np.exp(Classifier("c", _Store(one)).log_shares(["golf cook"])))

    assert len({place.tobytes() for place in places}) == MEMBERS
    np.testing.assert_allclose(np.exp(_classifier().log_shares(["golf cook"])), np.mean(alone, axis=0), rtol=1e-4)
