"""The slow, obvious engine: every sequence of moves, judged by the definition of a plan, then compared pair by pair.

It shares with the search only the value formula and the rules of stacking; it drops nothing on the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from matching.config import MatchConfig
from matching.moves import Move, Path
from matching.pathways.search import is_plan
from matching.pathways.stacking import Stacking
from matching.value.value import Valuation


def every_plan(moves: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> list[Path]:
    """All plans no other plan beats, by complete enumeration."""
    plans = list(_plans(moves, stacking, valuation, config))
    return [p for p in plans if not any(_beats(other, p) for other in plans)]


def _plans(moves: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> Iterator[Path]:
    for length in range(1, config.max_training_steps + 1):
        for sequence in permutations(moves, length):
            path = _walk(sequence, stacking, valuation, config)
            if path is not None and is_plan(path, stacking.person):
                yield path


def _walk(sequence: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> Path | None:
    person = stacking.person
    path = Path(education=person.education)
    for move in sequence:
        wait = stacking.wait(move, path)
        end = path.weeks + wait + move.weeks + move.exam_weeks
        if move.award in path.gained or (path.moves and not stacking.builds_on(move, path)):
            return None
        if stacking.missing(move, path) or end > config.max_weeks:
            return None
        if path.cost_low + move.cost_low > person.most_out_of_pocket:
            return None
        schooled = replace(path, education=max(path.education, move.education_awarded))
        opening = stacking.choose_opening(move, schooled)
        pays = stacking.pays_more(opening, path)
        if not pays and not stacking.leads_on(move, path):
            return None
        path = valuation.extend(path, move, opening, wait, len(move.concerns))
        path = replace(path, owed=None if pays else move.award)
    return path


def _beats(a: Path, b: Path) -> bool:
    return a.criteria != b.criteria and all(x <= y for x, y in zip(a.criteria, b.criteria, strict=True))
