"""The slow, obvious engine: every sequence of moves, judged by the definition of a plan, then compared pair by pair.

It shares with the search only the value of one more move; it works on one path at a time, in plain numbers, reads the
rules between credentials by their names, and drops nothing on the way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from matching.config import MatchConfig
from matching.moves import Move, Opening, Path, Person
from matching.pathways.rules import Alternative, Foundation
from matching.pathways.stacking import Stacking
from matching.value.value import Valuation
from taxonomy.codes import Education


def every_plan(moves: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> list[Path]:
    """All plans no other plan beats, by complete enumeration."""
    plans = list(_plans(moves, stacking, valuation, config))
    return [p for p in plans if not any(_beats(other, p) for other in plans)]


def every_program_taken(
    moves: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig
) -> set[int]:
    """Programs that some path can take, whether or not the path comes to be a plan."""
    sequences = (s for length in range(1, config.max_training_steps + 1) for s in permutations(moves, length))
    return {s[-1].program for s in sequences if _in_time(s, stacking, valuation, config)}


def _in_time(sequence: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> bool:
    """Whether a path can go so far, and better pay has come or can yet come in time at each step."""
    before = Path()
    for length in range(1, len(sequence) + 1):
        path = _walk(sequence[:length], stacking, valuation, config)
        if path is None or min(before.better_pay_after, path.weeks) > stacking.person.better_pay_within:
            return False
        before = path
    return True


def _plans(moves: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> Iterator[Path]:
    for length in range(1, config.max_training_steps + 1):
        for sequence in permutations(moves, length):
            path = _walk(sequence, stacking, valuation, config)
            if path is not None and _is_plan(path, stacking.person):
                yield path


def _is_plan(path: Path, person: Person) -> bool:
    last, goals = path.openings[-1], person.goal_occupations
    if last is None or path.owed is not None or (goals and last.occupation not in goals):
        return False
    return path.value > 0.0 and path.better_pay_after <= person.better_pay_within


def _walk(sequence: Sequence[Move], stacking: Stacking, valuation: Valuation, config: MatchConfig) -> Path | None:
    person = stacking.person
    path = Path(education=person.education)
    for move in sequence:
        gained = {m.award: m.weeks if m.kind == "apprenticeship" else 0.0 for m in path.moves}
        requires = _foundation(move.award, stacking).requires
        held = [[a for a in group if a.credential in person.held or a.credential in gained] for group in requires]
        wait = max((min((_owed(a, gained, person) for a in group), default=0.0) for group in held), default=0.0)
        end = path.weeks + wait + move.weeks + move.exam_weeks
        if move.award in path.gained or (path.moves and not _builds_on(move, path, stacking)):
            return None
        if _lacks_schooling(move, path) or not all(held) or end > config.max_weeks:
            return None
        if path.cost_low + path.cost_of(move)[0] > person.most_out_of_pocket:
            return None
        opening = _choose_opening(move, max(path.education, move.education_awarded), person)
        pays = _pays_more(opening, path, stacking)
        if not pays and not _is_required(move.award, stacking) and not move.education_awarded > path.education > 0:
            return None
        path = valuation.extend(path, move, opening, wait, len(move.concerns))
        path = replace(path, owed=None if pays else move.award)
    return path


def _builds_on(move: Move, path: Path, stacking: Stacking) -> bool:
    foundation = _foundation(move.award, stacking)
    if path.owed is not None and any(a.credential == path.owed for group in foundation.requires for a in group):
        return True
    if path.owed is None and not foundation.stacks_on.isdisjoint(path.gained):
        return True
    last, own = path.moves[-1], stacking.person.education
    gave = last.education_awarded >= move.education_required > own > 0
    if not gave or _same_school(own, move.education_required):
        return False
    return last.education_awarded <= Education.HIGH_SCHOOL_DIPLOMA or not last.sectors.isdisjoint(move.sectors)


def _foundation(award: str, stacking: Stacking) -> Foundation:
    return stacking.rules.foundations.get(award, Foundation(frozenset(), ()))


def _is_required(award: str, stacking: Stacking) -> bool:
    groups = (group for foundation in stacking.rules.foundations.values() for group in foundation.requires)
    return any(a.credential == award for group in groups for a in group)


def _owed(alternative: Alternative, gained: Mapping[str, float], person: Person) -> float:
    """Weeks of work still owed in what one has; those of an apprenticeship count."""
    months = max((person.worked_months.get(job, 0.0) for job in alternative.jobs), default=0.0)
    return max(0.0, alternative.work_weeks - months * 52.0 / 12.0 - gained.get(alternative.credential, 0.0))


def _lacks_schooling(move: Move, path: Path) -> bool:
    education = path.education
    return bool(0 < education < move.education_required) and not _same_school(education, move.education_required)


def _same_school(a: int, b: int) -> bool:
    return Education(a).rung == Education(b).rung == Education.HIGH_SCHOOL_DIPLOMA.rung


def _choose_opening(move: Move, education: int, person: Person) -> Opening | None:
    rung = max(move.rung, Education(education).rung if education else 0)
    within = [opening for opening in move.openings if opening.rung <= rung]
    goals = [opening for opening in within if opening.occupation in person.goal_occupations]
    return next(iter([*goals, *within]), None)


def _pays_more(opening: Opening | None, path: Path, stacking: Stacking) -> bool:
    if opening is None or opening.entry_wage < path.entry_wage * stacking.better_share:
        return False
    return opening.wage >= max(stacking.better_wage, path.wage * stacking.better_share)


def _beats(a: Path, b: Path) -> bool:
    return a.criteria != b.criteria and all(x <= y for x, y in zip(a.criteria, b.criteria, strict=True))
