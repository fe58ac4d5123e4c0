"""Extending: the value of paths, as far as the search needs it, and what plans are compared by."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from matching.moves import Move, Opening, Path
from matching.tables import Jobs, Labels, MoveTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MARGIN = 1e-6  # US dollars, above any fault of rounding


class Extender(Protocol):
    """The value of paths, as far as the search needs it."""

    def extend(self, path: Path, move: Move, opening: Opening | None, wait: float, concerns: int) -> Path:
        """A path with one more move."""

    def extend_all(self, before: Labels, moves: MoveTable, jobs: Jobs, wait: Floats) -> Labels:
        """The same for many paths, a row each."""

    def raises(self, jobs: Jobs) -> Floats:
        """What each job would add to the usual pay, with the confidence that a program leads to it, $ a week."""

    def lasting(self, moves: MoveTable) -> Floats:
        """The share of a rise in pay that is left if a move has to be completed first, begun today."""

    def most_value(self, labels: Labels, reach: Floats, completion: float) -> Floats:
        """The most that each path can come to be worth by what may follow, which brings at most a reach."""

    def most_value_with(
        self, before: Labels, parent: Ints, moves: MoveTable, move: Ints, gain: Floats, reach: Floats
    ) -> Floats:
        """The same for paths with one more move, which brings at most a gain before what follows."""


def criteria_of(paths: Sequence[Path]) -> Floats:
    """Criteria x plans, with a trace less value, so that rounding lets no path beat its equal."""
    criteria = np.array([path.criteria for path in paths], np.float64).reshape(-1, 5).T.copy()
    criteria[2] += MARGIN
    return criteria
