"""Widening: what a limit given way may bring that the search within it did not find, so that only that is looked for.

A new plan holds a move that was not open before, or had more concerns, or it breaks a limit on whole paths that stood
before. All else was looked at already: it is among the known plans, or one of them beats it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.moves import Path, Person
from matching.pathways.extending import MARGIN, Extender
from matching.tables import Labels
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@frozen
class Sought:
    """What a search looks for: plans that none of the known ones beats, and what such a plan has to have."""

    known: Sequence[Path] = ()
    more_than_weeks: float = 0.0  # until better pay, where that limit gave way
    more_than_cost: float = 0.0  # out of pocket, US dollars, where that limit gave way
    new: Bools | None = None  # per move: not open before, or with more concerns; None: plans of any moves

    def best_of(self, labels: Labels, reach: Floats, completion: float, extender: Extender) -> Floats:
        """The best criteria each path can come to, criteria x paths, if what follows brings at most a reach.

        What follows can bring no earlier pay than the present or the next week, costs, weakens, asks.
        """
        return np.array(
            [
                np.maximum(np.minimum(labels.better_pay_after, labels.weeks), self.more_than_weeks),
                np.maximum(labels.cost_high, self.more_than_cost),
                -extender.most_value(labels, reach, completion) - MARGIN,
                labels.evidence,
                labels.concerns,
            ]
        )


EVERYTHING = Sought()


def beyond(known: Sequence[Path], before: Person, now: Person, new: Bools) -> Sought:
    """Plans within the limits of now that were not within those of before, or that hold a new move."""
    weeks = before.better_pay_within if now.better_pay_within > before.better_pay_within else 0.0
    cost = before.most_out_of_pocket if now.most_out_of_pocket > before.most_out_of_pocket else 0.0
    return Sought(known, weeks, cost, new)
