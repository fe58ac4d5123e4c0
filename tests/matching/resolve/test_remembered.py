"""Readings that are kept: each text read once, several together, the oldest let go."""

from collections.abc import Sequence

from matching.resolve.remembered import REMEMBERED, TOGETHER, Remembered


class _Reader:
    def __init__(self) -> None:
        self.parts: list[list[int]] = []

    def __call__(self, asked: Sequence[int]) -> list[int]:
        self.parts.append(list(asked))
        return [-each for each in asked]


def test_each_text_is_read_once_and_answers_keep_their_order() -> None:
    reader = _Reader()
    remembered = Remembered(reader)

    first, again = remembered([3, 1, 3]), remembered([1, 2])

    assert (first, again) == ([-3, -1, -3], [-1, -2])
    assert reader.parts == [[3, 1], [2]]


def test_many_are_read_in_parts() -> None:
    reader = _Reader()

    Remembered(reader)(range(TOGETHER + 1))

    assert [len(part) for part in reader.parts] == [TOGETHER, 1]


def test_what_was_asked_for_longest_ago_is_let_go() -> None:
    reader = _Reader()
    remembered = Remembered(reader)

    remembered(range(REMEMBERED))
    remembered([0, REMEMBERED])
    reader.parts.clear()
    remembered([0, 1])

    assert reader.parts == [[1]]
