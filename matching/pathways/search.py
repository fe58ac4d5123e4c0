"""Pathway search: multi-criteria label setting over the credentials a person can stack.

A label is a partial path. Its state is the set of credentials gained, the education and the wage reached; labels of
one state compete, and the dominated are dropped. Dropping is safe, because whatever can follow depends on the state
alone and can only be worth more, cost no more and end no later for the label that is ahead in all criteria. (A path
that loses money is no plan: `is_plan`.) Bounds: at most `max_training_steps` moves and `max_weeks` weeks.

A second or later move must stack: a rule ties its credential to one gained before, or an earlier move gave the
education it asks for. Without that, a path is two unrelated courses, not a ladder.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.moves import Move, Opening, Path, Person
from matching.pathways.pareto import Criteria, admit, non_dominated
from taxonomy.codes import Education
from taxonomy.credentials import StackRule

Extend = Callable[[Path, Move, Opening | None, float, int], Path]
State = tuple[frozenset[str], int, float]

WEEKS_PER_MONTH = 52.0 / 12.0


@dataclass(frozen=True, slots=True)
class Stacking:
    """The rules by which credentials build on each other, and what the person brings."""

    rules_into: dict[str, tuple[StackRule, ...]]
    occupations_of: dict[str, tuple[int, ...]]  # rows of the jobs each credential opens
    person: Person

    @classmethod
    def of(cls, catalog: Catalog, person: Person) -> "Stacking":
        """The rules of a catalog for one person."""
        rows = catalog.occupations.row
        opens = {c.id: tuple(rows[o] for o in c.opens if o in rows) for c in catalog.credentials.values()}
        return cls(catalog.rules_into, opens, person)

    def missing(self, move: Move, path: Path) -> str | None:
        """Why a path cannot take a move now, or None. Education not stated is asked about, not held against."""
        education = max(self.person.education, path.education)
        if education and not Education(education).at_least(Education(move.education_required or education)):
            return "education"
        return None if self._held(move, path) else "prerequisite"

    def _held(self, move: Move, path: Path) -> bool:
        held = self.person.held | path.gained
        alternatives: defaultdict[str, bool] = defaultdict(bool)
        for rule in self.rules_into.get(move.award, ()):
            if rule.relation == "required":
                key = rule.group or rule.from_credential
                alternatives[key] = alternatives[key] or rule.from_credential in held
        return all(alternatives.values())

    def wait(self, move: Move) -> float:
        """Weeks of paid work still owed before a move may start, after what the person has worked already."""
        owed = 0.0
        for rule in self.rules_into.get(move.award, ()):
            months = rule.work_months or (rule.work_hours or 0) / (40.0 * WEEKS_PER_MONTH)
            if rule.relation == "required" and months:
                worked = max(
                    (self.person.worked_months.get(o, 0.0) for o in self.occupations_of.get(rule.from_credential, ())),
                    default=0.0,
                )
                owed = max(owed, (months - worked) * WEEKS_PER_MONTH)
        return owed

    def builds_on(self, move: Move, path: Path) -> bool:
        """Whether a later move stacks on what the path has gained."""
        if any(rule.from_credential in path.gained for rule in self.rules_into.get(move.award, ())):
            return True
        before = self.person.education
        return bool(before) and move.education_required > before and path.education >= move.education_required


@dataclass(slots=True)
class Found:
    """All labels that end in better pay, and what was rejected and why."""

    paths: list[Path] = field(default_factory=list)
    rejected: dict[str, set[int]] = field(default_factory=dict)  # program rows no path could start with, by reason
    labels: int = 0
    dominated: int = 0


def search(
    moves: Sequence[Move],
    stacking: Stacking,
    extend: Extend,
    config: MatchConfig,
) -> Found:
    """Every non-dominated path within the bounds that ends in better pay and is worth more than it costs."""
    found = Found()
    taken: set[int] = set()
    start = Path(education=stacking.person.education)
    frontier = [start]
    bags: dict[State, list[tuple[Criteria, Path]]] = defaultdict(list)
    for depth in range(config.max_training_steps):
        reached: dict[State, None] = {}
        for path in frontier:
            for child in _children(path, moves, stacking, extend, config, found.rejected):
                taken.update(m.program for m in child.moves[-1:])
                found.labels += 1
                state = (child.gained, child.education, child.wage)
                if admit(bags[state], _label_criteria(child), child):
                    reached[state] = None
                else:
                    found.dominated += 1
        frontier = [path for state in reached for _, path in bags[state] if len(path.moves) == depth + 1]
    # A program some path could take was not ruled out, whatever other paths lacked for it.
    found.rejected = {r: left for r, rows in found.rejected.items() if (left := rows - taken)}
    ends = [path for bag in bags.values() for _, path in bag if is_plan(path, stacking.person, config)]
    found.paths = non_dominated(ends, lambda p: p.criteria)
    found.dominated += len(ends) - len(found.paths)
    return found


def is_plan(path: Path, person: Person, config: MatchConfig) -> bool:
    """Whether the last move opens a job that pays better than any before, and the whole is worth more than it costs."""
    last = path.openings[-1]
    if last is None or path.value <= 0.0:
        return False
    earlier = max((o.wage for o in path.openings[:-1] if o), default=0.0)
    goals = person.goal_occupations
    return (
        last.wage >= person.usual_wage * (1.0 + config.minimum_gain)
        and last.wage > earlier
        and path.better_pay_after <= person.better_pay_within
        and (not goals or last.occupation in goals)
    )


def _label_criteria(path: Path) -> Criteria:
    # What may follow also depends on the chance of having got here and on the pay meanwhile.
    return (path.weeks, *path.criteria, -path.chance, -path.gain_per_week)


def _children(
    path: Path,
    moves: Iterable[Move],
    stacking: Stacking,
    extend: Extend,
    config: MatchConfig,
    rejected: dict[str, set[int]],
) -> Iterable[Path]:
    for move in moves:
        if move.award in path.gained:
            continue
        if path.moves and not stacking.builds_on(move, path):
            continue
        missing = stacking.missing(move, path)
        if missing:
            rejected.setdefault(missing, set()).add(move.program)
            continue
        wait = stacking.wait(move)
        over = _over_limit(path, move, wait, stacking.person, config)
        if over:
            rejected.setdefault(over, set()).add(move.program)
            continue
        education = max(stacking.person.education, path.education, move.education_awarded)
        yield extend(path, move, choose_opening(move, education, stacking.person), wait, len(move.concerns))


def _over_limit(path: Path, move: Move, wait: float, person: Person, config: MatchConfig) -> str | None:
    if path.cost_low + move.cost_low > person.most_out_of_pocket:
        return "max_out_of_pocket_usd"
    ready = path.weeks + wait + move.weeks + move.exam_weeks
    if min(path.better_pay_after, ready) > person.better_pay_within:
        return "max_weeks_to_better_pay"
    return "max_weeks" if ready > config.max_weeks else None


def choose_opening(move: Move, education: int, person: Person) -> Opening | None:
    """The job a move is counted for: a goal of the person if it opens one, else the plainest it qualifies for."""
    fitting = [o for o in move.openings if not o.education or (education and education >= o.education)]
    wanted = [o for o in fitting if o.occupation in person.goal_occupations]
    return next(iter(wanted or fitting), None)
