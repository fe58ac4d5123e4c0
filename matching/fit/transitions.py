"""The transition model: is a move between two occupations of the kind that O*NET's experts list as within reach?

The answer is a calibrated share of like pairs of occupations. It is never the chance that this person succeeds: it
knows nothing of the person but where they have worked. See MODEL_CARD.md.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.fit.gap import Floats
from matching.fit.weights import digest_of, shipped_text
from taxonomy.frozen import frozen
from taxonomy.snapshot import Snapshot, SnapshotError

FULL_MONTHS = 12.0  # a year in an occupation makes its moves fully one's own; fewer months count in proportion


@frozen
class TransitionModel:
    """Probabilities of moves by occupation row, mapped from the snapshot; NaN where an occupation has no ratings."""

    chance: npt.NDArray[np.float32]

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot) -> "TransitionModel":
        """Open the probabilities compiled with this version's weights.

        Raises:
            SnapshotError: the snapshot has none, or they came from other weights.
        """
        if snapshot.array("transition_weights").tobytes().hex() != digest_of(shipped_text()):
            raise SnapshotError(
                f"{snapshot.folder.name} was compiled with other transition weights; install the data again"
            )
        return cls(snapshot.array("transition_probability"))

    def feasibility(self, origins: Sequence[tuple[int, float]], destinations: npt.ArrayLike) -> Floats:
        """How feasible each destination is for someone who has worked in `origins`, 0 to 1.

        The best of the past occupations speaks, each weighted by its months up to a year, so that more experience
        never lowers an answer and the order of jobs never matters.

        Args:
            origins: (occupation row, months) of each past job; months of one occupation add up.
            destinations: occupation rows.

        Returns:
            One number a destination; NaN where nothing is known: no work history, or an occupation without ratings.
        """
        months: dict[int, float] = {}
        for row, spent in origins:
            months[row] = months.get(row, 0.0) + max(0.0, spent)
        columns = np.asarray(destinations, np.intp)
        best = np.full(len(columns), np.nan)
        for row, spent in months.items():
            if spent > 0:
                share = min(1.0, spent / FULL_MONTHS)
                best = np.fmax(best, share * self.chance[row, columns].astype(np.float64))
        return best
