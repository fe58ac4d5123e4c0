"""Stacking: which move may follow which, by the rules between credentials and what the person brings."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalog import NO_EDUCATION
from matching.config import MatchConfig
from matching.moves import Person
from matching.pathways.openings import RUNG
from taxonomy.codes import Education
from taxonomy.credentials import StackRule

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Awards gained on a path, each with the weeks of paid work that earning it was: those of an apprenticeship, else 0.
Gained = Mapping[str, float]

WEEKS_PER_MONTH = 52.0 / 12.0
ADULT_EDUCATION = int(Education.HIGH_SCHOOL_DIPLOMA)  # up to here schooling serves every sector
_HIGH_SCHOOL = Education.HIGH_SCHOOL_DIPLOMA.rung


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
    required: frozenset[str]  # credentials some other requires; a course to one may be an on-ramp
    person: Person
    better_wage: float  # US dollars an hour from which a job counts as better pay
    better_share: float  # and times the pay of the step before

    @classmethod
    def of(cls, foundations: dict[str, Foundation], person: Person, config: MatchConfig) -> "Stacking":
        """The rules between credentials for one person."""
        required = frozenset(a.credential for f in foundations.values() for group in f.requires for a in group)
        share = 1.0 + config.minimum_gain
        return cls(foundations, required, person, person.usual_wage * share, share)

    @property
    def counted(self) -> frozenset[str]:
        """Awards in which work has to be done before some other: to learn one at work counts as such."""
        groups = (group for foundation in self.foundations.values() for group in foundation.requires)
        return frozenset(a.credential for group in groups for a in group if a.work_weeks > 0.0)

    def lacks(self, award: str, gained: Gained) -> bool:
        """Whether something the award requires is neither held nor gained."""
        groups = self.foundations.get(award, NOTHING).requires
        return not all(any(self._has(alternative, gained) for alternative in group) for group in groups)

    def _has(self, alternative: Alternative, gained: Gained) -> bool:
        return alternative.credential in self.person.held or alternative.credential in gained

    def wait(self, award: str, gained: Gained) -> float:
        """Weeks of paid work still owed before an award's course: by the shortest of the alternatives one has."""
        owed = 0.0
        for group in self.foundations.get(award, NOTHING).requires:
            weeks = [self._owed(alternative, gained) for alternative in group if self._has(alternative, gained)]
            owed = max(owed, min(weeks, default=0.0))
        return owed

    def _owed(self, alternative: Alternative, gained: Gained) -> float:
        worked = max((self.person.worked_months.get(job, 0.0) for job in alternative.jobs), default=0.0)
        # An apprenticeship is work in the trade, so its weeks count towards what a later licence asks for.
        learning = gained.get(alternative.credential, 0.0)
        return max(0.0, alternative.work_weeks - worked * WEEKS_PER_MONTH - learning)

    def follows(self, award: str, gained: Gained, owed: str | None) -> bool:
        """Whether a rule ties an award to one gained; after an on-ramp, whether the award requires that one."""
        foundation = self.foundations.get(award, NOTHING)
        if owed is not None:
            return any(a.credential == owed for group in foundation.requires for a in group)
        return not foundation.stacks_on.isdisjoint(gained)

    def lacks_schooling(self, education: Ints, asked: Ints) -> Bools:
        """Whether schooling falls short of what is asked. Schooling not stated is asked about, not held against."""
        short: Bools = (education > NO_EDUCATION) & (education < asked) & ~same_school(education, asked)
        return short

    def asks_for_more(self, asked: Ints) -> Bools:
        """Whether moves ask for schooling beyond the person's own; not known of who does not state theirs."""
        own = self.person.education
        # Diploma and equivalency are one: who holds either gains nothing by the other.
        more: Bools = (asked > own) & ~same_school(np.int64(own), asked) & (own > NO_EDUCATION)
        return more

    def uses_schooling(self, asked: Ints, sectors: Ints, gave: int, gave_in: int) -> Bools:
        """Whether moves that ask for more ask for what the move just before gave, in its sector or at school level."""
        uses: Bools = asked <= gave
        return uses if gave <= ADULT_EDUCATION else uses & (sectors & gave_in != 0)

    def pays_more(
        self, opened: Bools, wage: Floats, entry_wage: Floats, wage_before: Floats, entry_wage_before: Floats
    ) -> Bools:
        """Whether jobs pay noticeably more than the best of the paths before, and than the usual one."""
        new_entrants = entry_wage >= entry_wage_before * self.better_share
        least = np.maximum(self.better_wage, wage_before * self.better_share)
        more: Bools = opened & new_entrants & (wage >= least)
        return more


def same_school(a: Ints | np.int64, b: Ints) -> Bools:
    """Whether two levels are both the high-school one: a diploma and its equivalency open the same jobs."""
    same: Bools = (RUNG[a] == _HIGH_SCHOOL) & (RUNG[b] == _HIGH_SCHOOL)
    return same


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
