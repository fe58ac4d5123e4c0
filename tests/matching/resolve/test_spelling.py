"""Words with one slip put right: which listed word was meant, and how sure that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.postings import Array
from matching.resolve.spelling import PutRight, Spelling, derive_spelling
from taxonomy.snapshot import SnapshotError

OFTEN = {"welder": 90, "wilder": 10, "guard": 50, "cook": 40, "tree": 9, "hemp": 3, "free": 0, "temp": 0}


class _Store:
    def array(self, name: str) -> Array:
        return derive_spelling("x", OFTEN)[name]


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return Spelling("x", _Store())


@pytest.mark.parametrize("slip", ["wlder", "weldder", "wedler", "welxer", "elder", "welderr"])
def test_a_letter_left_out_doubled_swapped_or_replaced_is_put_right(spelling: Spelling, slip: str) -> None:
    (found,) = spelling.put_right([slip])

    assert found is not None
    assert found.word == "welder"


def test_how_often_each_near_word_is_said_tells_the_doubt(spelling: Spelling) -> None:
    near_both, near_one = spelling.put_right(["wlder", "gaurd"])

    assert near_both == PutRight("welder", pytest.approx(0.1))
    assert near_one == PutRight("guard", 0.0)


@pytest.mark.parametrize("word", ["free", "temp", "cook", "xylophone", "wldr", "c", "", "co", "8ook", "q" * 200])
def test_a_word_that_is_one_or_like_none_is_left_alone(spelling: Spelling, word: str) -> None:
    assert spelling.put_right([word]) == [None]


@given(words=st.lists(st.text(max_size=30), max_size=5))
def test_words_together_are_put_right_as_each_alone(spelling: Spelling, words: list[str]) -> None:
    assert spelling.put_right(words) == [spelling.put_right([word])[0] for word in words]


def test_a_snapshot_compiled_before_words_were_put_right_is_read_without_it() -> None:
    class Older:
        def array(self, name: str) -> Array:
            raise SnapshotError(name)

    assert Spelling("x", Older()).put_right(["wlder", ""]) == [None, None]
