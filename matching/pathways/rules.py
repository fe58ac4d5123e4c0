"""Rules between credentials, as columns: which award stacks on which, and what each requires. Made once a process."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from matching.moves import Person
from taxonomy.credentials import StackRule
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

WEEKS_PER_MONTH = 52.0 / 12.0
NO_AWARD = -1


@frozen
class Alternative:
    """One credential that meets a requirement, with the weeks of paid work it has to be used in before."""

    credential: str
    work_weeks: float
    jobs: tuple[int, ...]  # rows of the jobs that count


@frozen
class Foundation:
    """What the rules say of one credential: what it stacks on, and what it requires (one alternative of each group)."""

    stacks_on: frozenset[str]
    requires: tuple[tuple[Alternative, ...], ...]


@frozen(eq=False)
class Rules:
    """The rules between the awards of courses, by the numbers of the awards.

    The alternatives of a group stand together, and so do the groups of an award.
    """

    awards: tuple[str, ...]
    foundations: Mapping[str, Foundation]  # by the credential they lead to
    below: Ints  # of each pair of awards that stack: the lower, in ascending order
    above: Ints
    alternatives: tuple[Alternative, ...]
    of: Ints  # of each alternative: the award that asks for it
    award: Ints  # and its own, or NO_AWARD where no course leads to it
    opens_group: Bools  # whether it is the first of its group
    opens_award: Bools
    count: Ints  # per award: its alternatives
    start: Ints  # per award: the first of them
    required: Bools  # per award: some credential requires it, so that a course to it may be an on-ramp
    counted: Bools  # per award: in which work has to be done before some other; to learn it at work counts as such

    @classmethod
    def of_awards(cls, foundations: Mapping[str, Foundation], awards: tuple[str, ...]) -> "Rules":
        """The rules between some awards, which are numbered by their place."""
        number = {award: place for place, award in enumerate(awards)}
        known = {number[to]: foundation for to, foundation in foundations.items() if to in number}
        pairs = sorted((number[f], to) for to, rules in known.items() for f in rules.stacks_on if f in number)
        asked = [
            (alternative, to, group, place)
            for to, rules in sorted(known.items())
            for group, alternatives in enumerate(rules.requires)
            for place, alternative in enumerate(alternatives)
        ]
        of = np.array([to for _, to, _, _ in asked], np.int64)
        count = np.bincount(of, minlength=len(awards))
        needed = [a for foundation in foundations.values() for group in foundation.requires for a in group]
        required, worked_in = {a.credential for a in needed}, {a.credential for a in needed if a.work_weeks > 0.0}
        return cls(
            awards=awards,
            foundations=foundations,
            below=np.array([below for below, _ in pairs], np.int64),
            above=np.array([above for _, above in pairs], np.int64),
            alternatives=tuple(alternative for alternative, *_ in asked),
            of=of,
            award=np.array([number.get(a.credential, NO_AWARD) for a, *_ in asked], np.int64),
            opens_group=np.array([place == 0 for *_, place in asked], np.bool_),
            opens_award=np.array([group == place == 0 for _, _, group, place in asked], np.bool_),
            count=count,
            start=np.cumsum(count) - count,
            required=np.array([award in required for award in awards], np.bool_),
            counted=np.array([award in worked_in for award in awards], np.bool_),
        )


@frozen(eq=False)
class Standing:
    """How one person stands to the alternatives before any move: which are held, and the weeks of work still owed."""

    rules: Rules
    held: Bools
    owed: Floats  # below zero where more work is done than asked

    @classmethod
    def of(cls, rules: Rules, person: Person) -> "Standing":
        """What the credentials held and the work done come to."""
        held = np.array([a.credential in person.held for a in rules.alternatives], np.bool_)
        worked = [max((person.worked_months.get(job, 0.0) for job in a.jobs), default=0.0) for a in rules.alternatives]
        asked = np.array([a.work_weeks for a in rules.alternatives], np.float64)
        return cls(rules, held, asked - np.array(worked, np.float64) * WEEKS_PER_MONTH)

    def at_first(self) -> tuple[Floats, Bools]:
        """Per award: weeks of paid work still owed before its course, and whether something it requires is missing."""
        wait, lacks = np.zeros(len(self.rules.awards)), np.zeros(len(self.rules.awards), np.bool_)
        asking = self.rules.of[self.rules.opens_award]
        every = np.arange(len(self.held))
        wait[asking], lacks[asking] = self._asked(every, self.held, self.owed)
        return wait, lacks

    def after(self, award: Ints, gained: Ints, learning: Floats) -> tuple[Floats, Bools]:
        """The same for awards that ask for something, each after a path.

        Args:
            award: of each row.
            gained: awards of its path, a row each.
            learning: weeks of paid work that earning each of those was.
        """
        counts = self.rules.count[award]
        row, alternative = np.repeat(np.arange(len(award)), counts), spans(self.rules.start[award], counts)
        same = gained[row] == self.rules.award[alternative, None]
        has = self.held[alternative] | same.any(axis=1)
        # An apprenticeship is work in the trade, so its weeks count towards what a later licence asks for.
        owed = self.owed[alternative] - np.where(same, learning[row], 0.0).sum(axis=1)
        return self._asked(alternative, has, owed)

    def _asked(self, alternative: Ints, has: Bools, owed: Floats) -> tuple[Floats, Bools]:
        """Of whole awards, whose alternatives follow each other: the work owed by the shortest of those one has."""
        if not len(alternative):
            return owed, has
        groups = np.flatnonzero(self.rules.opens_group[alternative])
        awards = np.flatnonzero(self.rules.opens_award[alternative[groups]])
        met = np.logical_or.reduceat(has, groups)
        shortest = np.minimum.reduceat(np.where(has, owed, np.inf), groups)
        wait = np.maximum.reduceat(np.where(met, np.maximum(shortest, 0.0), 0.0), awards)
        return wait, ~np.logical_and.reduceat(met, awards)


def spans(start: Ints, count: Ints) -> Ints:
    """The numbers of several spans, one after the other: from each start, so many."""
    ends = np.cumsum(count)
    return np.arange(int(count.sum())) + np.repeat(start - ends + count, count)


def lay_foundations(
    rules_into: Mapping[str, tuple[StackRule, ...]], occupations_of: Mapping[str, tuple[int, ...]]
) -> dict[str, Foundation]:
    """Rules by the credential they lead to, in the shape the search asks for."""
    return {to: _foundation(rules, occupations_of) for to, rules in rules_into.items()}


def _foundation(rules: tuple[StackRule, ...], occupations_of: Mapping[str, tuple[int, ...]]) -> Foundation:
    groups: defaultdict[str, list[Alternative]] = defaultdict(list)
    for rule in rules:
        if rule.relation == "required":
            months = rule.work_months or (rule.work_hours or 0) / (40.0 * WEEKS_PER_MONTH)
            jobs = occupations_of.get(rule.from_credential, ())
            alternative = Alternative(rule.from_credential, months * WEEKS_PER_MONTH, jobs)
            groups[rule.group or rule.from_credential].append(alternative)
    return Foundation(frozenset(rule.from_credential for rule in rules), tuple(tuple(g) for g in groups.values()))
