"""Widening: what a limit given way may bring that the search within it did not find, so that only that is looked for.

A new plan holds a move that was not open before, or had more concerns, or it breaks a limit on whole paths that stood
before. All else was looked at already: it is among the known plans, or one of them beats it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.moves import Path, Person
from matching.pathways.extending import MARGIN, Extender, criteria_of
from matching.pathways.moves import MoveTerms
from matching.pathways.pareto import unbeaten_by
from matching.tables import Labels, MoveTable

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search looks for: plans that none of the known ones beats, and what such a plan has to have."""

    known: Sequence[Path] = ()
    more_than_weeks: float = 0.0  # until better pay, where that limit gave way
    more_than_cost: float = 0.0  # out of pocket, US dollars, where that limit gave way
    first: Bools | None = None  # per move: whether such a plan may begin with it; None: with any
    ends: bool = False  # nothing follows any of these

    def take(self, rows: Bools) -> "Sought":
        """The same for some of the moves."""
        return self if self.first is None else replace(self, first=self.first[rows])

    def of(self, moves: MoveTable) -> tuple[MoveTable, "Sought"]:
        """The moves such plans can hold."""
        if self.first is None or not self.ends:
            return moves, self
        return moves.take(self.first), self.take(self.first)


EVERYTHING = Sought()


def beyond(known: Sequence[Path], before: Person, now: Person) -> Sought:
    """Plans within the limits of now that were not within those of before."""
    weeks = before.better_pay_within if now.better_pay_within > before.better_pay_within else 0.0
    cost = before.most_out_of_pocket if now.most_out_of_pocket > before.most_out_of_pocket else 0.0
    return Sought(known, weeks, cost)


def begin_with(
    sought: Sought, moves: MoveTable, new: Bools, education: int, terms: MoveTerms, extender: Extender
) -> Sought:
    """The same, with the moves that plans can begin with that no known plan beats.

    Args:
        sought: what is looked for.
        moves: all that are open.
        new: which of them were not open before, or had more concerns.
        education: the person's.
        terms: what is known of the programs.
        extender: the value of paths.
    """
    # What stacks on something, or asks for schooling, may come late in a path; what something stacks on, early in one.
    follows = terms.courses.follows[moves.program] | (moves.education_required > education)
    leads = terms.courses.leads_on[moves.program] | (moves.education_awarded > 0)
    alone = ~follows & ~leads
    ready = np.where(follows, 0.0, moves.weeks + moves.exam_weeks)
    if sought.more_than_weeks:
        new = new | follows | (ready > sought.more_than_weeks)
    gain = moves.employment * extender.raises(terms.openings.jobs)[terms.openings.chosen[moves.jobs]].max(
        axis=1, initial=0.0
    )
    labels = Labels.start(0).take(np.zeros(len(moves), np.int64))
    labels = replace(labels, weeks=ready, value=np.where(follows, 0.0, -moves.cost_high))
    # Others may share in the pay of any move after or before them.
    value = extender.most_value(
        labels,
        np.where(alone, gain, gain.max(initial=0.0)),
        np.where(alone, moves.completion, moves.completion.max(initial=0.0)),
    )
    best = np.column_stack(
        [
            np.maximum(ready, sought.more_than_weeks),
            np.maximum(moves.cost_high, sought.more_than_cost),
            -value - MARGIN,
            moves.evidence,
            moves.concerns,
        ]
    )
    hopeful = (value > 0.0) & unbeaten_by(criteria_of(sought.known), best)
    ladders = sought.more_than_weeks or sought.more_than_cost or (hopeful & new & follows).any()
    first: Bools = hopeful & (new | leads) if ladders else hopeful & new
    return replace(sought, first=first, ends=not (first & leads).any())
