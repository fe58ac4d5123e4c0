"""Past answers against other data: which of them rest on figures that moved."""

from collections.abc import Iterable
from typing import Any

from matching.moved import Comparison, MovedFigure
from taxonomy.frozen import frozen
from taxonomy.snapshot import Snapshot


@frozen
class PastAnswer:
    """An answer that was given, under a name that says nothing of the person: a file and row, or a match id."""

    name: str
    content: dict[str, Any]


@frozen
class ComparedAnswer:
    """What other data does to one past answer."""

    answer: str
    as_of: str
    snapshot: str
    state: str  # moved | same | other_data: it was made from neither's first, so nothing can be said
    figures: tuple[MovedFigure, ...]


def compare_answers(answers: Iterable[PastAnswer], before: Snapshot, after: Snapshot) -> list[ComparedAnswer]:
    """Each answer with the figures that `after` gives otherwise than `before`, which it was made from."""
    comparison = Comparison(before, after)
    return [_compared(answer, comparison, before.digest) for answer in answers]


def _compared(answer: PastAnswer, comparison: Comparison, made_from: str) -> ComparedAnswer:
    content = answer.content
    if content["snapshot"] != made_from:
        return ComparedAnswer(answer.name, content["as_of"], content["snapshot"], "other_data", ())
    figures = comparison.moved(content)
    return ComparedAnswer(answer.name, content["as_of"], made_from, "moved" if figures else "same", figures)
