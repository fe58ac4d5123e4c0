"""The cosine index: many texts read together as each alone, ties by row."""

import numpy as np

from matching.resolve.postings import Array, Arrays, TextIndex, derive_index

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
