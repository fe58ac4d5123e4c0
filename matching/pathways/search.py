"""Pathway search: multi-criteria label setting over the credentials a person can stack.

A label is a partial path. Its state is the set of credentials gained, the education and the wage reached; labels of
one state compete, and the dominated are dropped. Dropping is safe, because whatever can follow depends on the state
alone and can only be worth more, cost no more and end no later for the label that is ahead in all criteria. (A path
that loses money is no plan: `is_plan`.) Bounds: at most `max_training_steps` moves and `max_weeks` weeks.

What makes a ladder of several moves, and not a pile of courses:

* a later move stacks on an earlier one: a rule ties their credentials, or the earlier gave the schooling it asks for;
* each move opens a job that pays more than the path had reached, or it is an on-ramp: the very next move requires it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from matching.config import MatchConfig
from matching.moves import Found, Move, Opening, Path, Person
from matching.pathways.pareto import Criteria, admit, non_dominated
from matching.pathways.stacking import NOTHING, Stacking

Extend = Callable[[Path, Move, Opening | None, float, int], Path]
State = tuple[frozenset[str], int, float, float, str | None]


@dataclass(slots=True)
class _Run:
    """One search: what it is given, and what it notes on the way."""

    stacking: Stacking
    extend: Extend
    config: MatchConfig
    rejected: dict[str, set[int]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def children(self, path: Path, moves: Iterable[Move]) -> Iterable[Path]:
        """The path with each move it can take."""
        for move in moves:
            if move.award in path.gained or (path.moves and not self.stacking.builds_on(move, path)):
                continue
            reason = self.stacking.missing(move, path) or self._over_limit(path, move)
            if reason is None:
                child = self._take(path, move)
                if child is not None:
                    self.taken.add(move.program)
                    yield child
                    continue
                reason = "no_better_pay"
            self.rejected.setdefault(reason, set()).add(move.program)

    def _take(self, path: Path, move: Move) -> Path | None:
        after = path if move.education_awarded <= path.education else replace(path, education=move.education_awarded)
        opening = self.stacking.choose_opening(move, after)
        pays = self.stacking.pays_more(opening, path)
        if not pays and not self.stacking.leads_on(move, path):
            return None
        child = self.extend(path, move, opening, self.stacking.wait(move, path), len(move.concerns))
        return child if pays else replace(child, owed=move.award)

    def _over_limit(self, path: Path, move: Move) -> str | None:
        person = self.stacking.person
        if path.cost_low + move.cost_low > person.most_out_of_pocket:
            return "max_out_of_pocket_usd"
        ready = path.weeks + self.stacking.wait(move, path) + move.weeks + move.exam_weeks
        if min(path.better_pay_after, ready) > person.better_pay_within:
            return "max_weeks_to_better_pay"
        return "max_weeks" if ready > self.config.max_weeks else None


def search(moves: Sequence[Move], stacking: Stacking, extend: Extend, config: MatchConfig) -> Found:
    """Every non-dominated path within the bounds that ends in better pay and is worth more than it costs."""
    run = _Run(stacking, extend, config)
    found = Found()
    frontier = [Path(education=stacking.person.education)]
    after = _by_foundation(moves, stacking)
    bags: dict[State, list[tuple[Criteria, Path]]] = defaultdict(list)
    for depth in range(config.max_training_steps):
        reached: dict[State, None] = {}
        for path in frontier:
            for child in run.children(path, _next(path, moves, after)):
                found.labels += 1
                state = (child.gained, child.education, child.wage, child.entry_wage, child.owed)
                if admit(bags[state], _label_criteria(child), child):
                    reached[state] = None
                else:
                    found.dominated += 1
        frontier = [path for state in reached for _, path in bags[state] if len(path.moves) == depth + 1]
    # A program some path could take was not ruled out, whatever other paths lacked for it.
    found.rejected = {reason: left for reason, rows in run.rejected.items() if (left := rows - run.taken)}
    ends = [path for bag in bags.values() for _, path in bag if is_plan(path, stacking.person)]
    found.paths = non_dominated(ends, lambda p: p.criteria)
    found.dominated += len(ends) - len(found.paths)
    return found


def is_plan(path: Path, person: Person) -> bool:
    """Whether the last move opens the better job the person wants, in time, and the whole is worth what it costs."""
    last = path.openings[-1]
    if last is None or path.owed is not None or path.value <= 0.0:
        return False
    goals = person.goal_occupations
    return path.better_pay_after <= person.better_pay_within and (not goals or last.occupation in goals)


def _label_criteria(path: Path) -> Criteria:
    # What may follow also depends on the chance of having got here and on the pay meanwhile.
    return (path.weeks, *path.criteria, -path.chance, -path.gain_per_week)


def _by_foundation(moves: Sequence[Move], stacking: Stacking) -> dict[str, list[Move]]:
    """Moves by each credential a rule ties them to, and under "" those that ask for schooling not yet held."""
    after: defaultdict[str, list[Move]] = defaultdict(list)
    for move in moves:
        for foundation in stacking.foundations.get(move.award, NOTHING).stacks_on:
            after[foundation].append(move)
        if move.education_required > stacking.person.education > 0:
            after[""].append(move)
    return after


def _next(path: Path, moves: Sequence[Move], after: dict[str, list[Move]]) -> Iterable[Move]:
    """Moves worth trying after a path: all at the start, then those that could stack on it."""
    if not path.moves:
        return moves
    schooled = ("",) if path.moves[-1].education_awarded else ()
    foundations = (path.owed,) if path.owed is not None else sorted(path.gained)
    return {id(move): move for f in (*foundations, *schooled) for move in after.get(f, ())}.values()
