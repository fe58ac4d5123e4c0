"""Stacking: which move may follow which, by the rules between credentials and what the person brings."""

from collections import defaultdict
from dataclasses import dataclass

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.moves import Move, Opening, Path, Person
from taxonomy.codes import Education
from taxonomy.credentials import StackRule

WEEKS_PER_MONTH = 52.0 / 12.0
_ADULT_EDUCATION = Education.HIGH_SCHOOL_DIPLOMA  # up to here schooling serves every sector


@dataclass(frozen=True, slots=True)
class Alternative:
    """One credential that meets a requirement, with the weeks of paid work it has to be used in before."""

    credential: str
    work_weeks: float
    jobs: tuple[int, ...]  # rows of the jobs that count


@dataclass(frozen=True, slots=True)
class Foundation:
    """What the rules say of one credential: what it stacks on, and what it requires (one alternative of each group)."""

    stacks_on: frozenset[str]
    requires: tuple[tuple[Alternative, ...], ...]


NOTHING = Foundation(frozenset(), ())


@dataclass(frozen=True, slots=True)
class Stacking:
    """The rules for one person."""

    foundations: dict[str, Foundation]
    required: frozenset[str]  # credentials some other requires
    person: Person
    better_wage: float  # US dollars an hour from which a job counts as better pay
    better_share: float  # and times the pay of the step before

    @classmethod
    def of(cls, catalog: Catalog, person: Person, config: MatchConfig) -> "Stacking":
        """The rules of a catalog for one person."""
        foundations = lay_foundations(catalog.rules_into, catalog.opens)
        required = frozenset(a.credential for f in foundations.values() for group in f.requires for a in group)
        share = 1.0 + config.minimum_gain
        return cls(foundations, required, person, person.usual_wage * share, share)

    def missing(self, move: Move, path: Path) -> str | None:
        """Why a path cannot take a move now, or None. Schooling not stated is asked about, not held against."""
        education = path.education
        if education and education < move.education_required and not _same_rung(education, move.education_required):
            return "education"
        for group in self.foundations.get(move.award, NOTHING).requires:
            if not any(self._has(alternative, path) for alternative in group):
                return "prerequisite"
        return None

    def _has(self, alternative: Alternative, path: Path) -> bool:
        return alternative.credential in self.person.held or alternative.credential in path.gained

    def wait(self, move: Move, path: Path) -> float:
        """Weeks of paid work still owed before a move may start: by the shortest of the alternatives the person has."""
        owed = 0.0
        for group in self.foundations.get(move.award, NOTHING).requires:
            weeks = [self._owed(alternative, path) for alternative in group if self._has(alternative, path)]
            owed = max(owed, min(weeks, default=0.0))
        return owed

    def _owed(self, alternative: Alternative, path: Path) -> float:
        worked = max((self.person.worked_months.get(job, 0.0) for job in alternative.jobs), default=0.0)
        # An apprenticeship is work in the trade, so its weeks count towards what a later licence asks for.
        learning = sum(m.weeks for m in path.moves if m.award == alternative.credential and m.kind == "apprenticeship")
        return max(0.0, alternative.work_weeks - worked * WEEKS_PER_MONTH - learning)

    def builds_on(self, move: Move, path: Path) -> bool:
        """Whether a move stacks on what the path has gained; after an on-ramp, whether it requires that."""
        foundation = self.foundations.get(move.award, NOTHING)
        if path.owed is None:
            return self._uses_schooling(move, path) or not foundation.stacks_on.isdisjoint(path.gained)
        return any(a.credential == path.owed for group in foundation.requires for a in group) or self._uses_schooling(
            move, path
        )

    def _uses_schooling(self, move: Move, path: Path) -> bool:
        """Whether the last move gave the schooling this one asks for, in the same sector or at school level."""
        last = path.moves[-1]
        gave = last.education_awarded >= move.education_required > self.person.education > 0
        # Diploma and equivalency are one: who holds either gains nothing by the other.
        gave = gave and not _same_rung(self.person.education, move.education_required)
        return gave and (last.education_awarded <= _ADULT_EDUCATION or not last.sectors.isdisjoint(move.sectors))

    def pays_more(self, opening: Opening | None, path: Path) -> bool:
        """Whether a job pays noticeably more than the best of the path, and than the usual one."""
        if opening is None or opening.entry_wage < path.entry_wage * self.better_share:
            return False
        return opening.wage >= max(self.better_wage, path.wage * self.better_share)

    def leads_on(self, move: Move, path: Path) -> bool:
        """Whether a move that opens no better job may be an on-ramp: something requires it, or it raises schooling."""
        return move.award in self.required or move.education_awarded > path.education > 0

    def choose_opening(self, move: Move, path: Path) -> Opening | None:
        """The job a move is counted for: a goal of the person if it opens one, else the plainest it qualifies for."""
        rung = max(move.rung, Education(path.education).rung if path.education else 0)
        goals = self.person.goal_occupations
        plainest: Opening | None = None
        for opening in move.openings:
            if opening.rung <= rung:
                if not goals or opening.occupation in goals:
                    return opening
                plainest = plainest or opening
        return plainest


def _same_rung(a: int, b: int) -> bool:
    return Education(a).rung == Education(b).rung == Education.HIGH_SCHOOL_DIPLOMA.rung


def lay_foundations(
    rules_into: dict[str, tuple[StackRule, ...]], occupations_of: dict[str, tuple[int, ...]]
) -> dict[str, Foundation]:
    """Rules by the credential they lead to, in the shape the search asks for."""
    return {to: _foundation(rules, occupations_of) for to, rules in rules_into.items()}


def _foundation(rules: tuple[StackRule, ...], occupations_of: dict[str, tuple[int, ...]]) -> Foundation:
    groups: defaultdict[str, list[Alternative]] = defaultdict(list)
    for rule in rules:
        if rule.relation == "required":
            months = rule.work_months or (rule.work_hours or 0) / (40.0 * WEEKS_PER_MONTH)
            jobs = occupations_of.get(rule.from_credential, ())
            alternative = Alternative(rule.from_credential, months * WEEKS_PER_MONTH, jobs)
            groups[rule.group or rule.from_credential].append(alternative)
    return Foundation(frozenset(rule.from_credential for rule in rules), tuple(tuple(g) for g in groups.values()))
