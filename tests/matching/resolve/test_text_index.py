"""The cosine index: many texts read together as each alone, ties by row, and as near as if every term were followed."""

import math
from collections import Counter
from itertools import product

import numpy as np
import pytest

from matching.resolve.index_derivation import derive_index
from matching.resolve.postings import Array, Arrays, terms_of
from matching.resolve.text_index import TextIndex
from taxonomy.snapshot import SnapshotError

TEXTS = ["line cook", "cook", "prep cook", "cook", "dry cleaner", "forklift operator", "welder"]


class _Store:
    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays

    def array(self, name: str) -> Array:
        return self._arrays[name]


def _index(texts: list[str]) -> TextIndex:
    return TextIndex("t", _Store(derive_index("t", texts)))


def test_texts_read_together_find_what_each_finds_alone() -> None:
    index = _index(TEXTS)
    asked = ["cook", "forklift oprator", "", "zzxqj", "drycleaner", "cook cook welder", "line"]

    together = index.search_all(asked, 3)

    for text, hits in zip(asked, together, strict=True):
        alone = index.search(text, 3)
        np.testing.assert_array_equal(hits.rows, alone.rows)
        np.testing.assert_array_equal(hits.cosine, alone.cosine)
        assert hits.new_word == alone.new_word


def test_equal_texts_stand_in_the_order_of_their_rows_and_each_row_once() -> None:
    hits = _index(TEXTS).search("cook", 5)

    assert hits.rows.tolist()[:2] == [1, 3]
    assert len(set(hits.rows.tolist())) == len(hits.rows)
    np.testing.assert_allclose(hits.cosine[:2], 1.0, rtol=1e-6)


def test_a_word_in_no_text_is_told() -> None:
    index = _index(TEXTS)

    assert [hits.new_word for hits in index.search_all(["cook", "cook zzxqj", "zzxqj"], 5)] == [False, True, True]


def test_an_index_of_nothing_finds_nothing() -> None:
    hits = _index([]).search("cook", 5)

    assert hits.rows.tolist() == []
    assert hits.new_word


THINGS = ("truck", "trailer", "track", "forklift", "lift", "pastry", "bread", "engine", "steam", "team")
WORKERS = ("driver", "operator", "baker", "repairer", "leader", "loader", "helper")
TITLES = [*(f"{thing} {worker}" for thing, worker in product(THINGS, WORKERS)), *THINGS, *WORKERS]


def _cosines_by_every_term(text: str) -> list[float]:
    """The plain definition: cosine of the weighed terms of a text with those of each title."""
    counts = [terms_of(title) for title in TITLES]
    held = Counter(term for terms in counts for term in terms)

    def weighed(terms: Counter[str]) -> dict[str, float]:
        return {t: (1 + math.log(n)) * (1 + math.log((1 + len(TITLES)) / (1 + held[t]))) for t, n in terms.items()}

    def length(weights: dict[str, float]) -> float:
        return math.sqrt(sum(w * w for w in weights.values()))

    asked = weighed(terms_of(text))
    found = [weighed(terms) for terms in counts]
    return [sum(asked.get(t, 0.0) * w for t, w in f.items()) / length(asked) / length(f) for f in found]


@pytest.mark.parametrize(
    "text",
    ["truck driver", "forklift oprator", "team leader truck", "engine", "loader", "bread pastry baker", "trucker"],
)
def test_the_nearest_titles_and_their_likeness_are_those_of_following_every_term(text: str) -> None:
    every = _cosines_by_every_term(text)

    hits = _index(TITLES).search(text, 5)

    assert every[hits.rows[0]] == max(every)
    np.testing.assert_allclose(hits.cosine, [every[row] for row in hits.rows], atol=0.05)


def test_rows_that_words_are_hardly_like_are_not_followed() -> None:
    # "team" and "steam" share most of their letters, "team" and "truck driver" at most an "r" between vowels.
    hits = _index(TITLES).search("team", 100)

    assert {"team", "steam"} <= {TITLES[row] for row in hits.rows}
    assert "truck driver" not in {TITLES[row] for row in hits.rows}


def test_a_word_no_row_has_is_found_by_its_letters() -> None:
    assert TEXTS[_index(TEXTS).search("oprator", 1).rows[0]] == "forklift operator"


def test_data_compiled_before_words_had_lists_are_read_by_letters() -> None:
    class _Older(_Store):
        def array(self, name: str) -> Array:
            if "_list" in name or name.endswith("_square"):
                raise SnapshotError(name)
            return super().array(name)

    older = TextIndex("t", _Older(derive_index("t", TITLES)))

    for text in ("truck driver", "forklift oprator", "team"):
        assert older.search(text, 3).rows[0] == _index(TITLES).search(text, 3).rows[0]
