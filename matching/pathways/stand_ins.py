"""Stand-ins: cautious figures for programs whose list is silent, from like programs of the snapshot."""

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog, Programs
from matching.config import MatchConfig
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Programs a figure has to come from; fewer say too little of others.
LEAST_PEERS = 5


@frozen(eq=False)
class StandIns:
    """What each program counts as where the list is silent; arrays are aligned with the programs.

    An upper quantile of programs that lead to the same credential, else that give the same award, else of all.
    """

    weeks: Floats
    price: Floats
    hours_per_week: Floats
    exam_fee: float  # an upper quantile of all fees known

    @classmethod
    def from_catalog(cls, catalog: Catalog, config: MatchConfig) -> "StandIns":
        """The stand-ins of a snapshot; 0 only where it holds no figure at all."""
        programs, quantile = catalog.programs, config.unknown_length_quantile
        fees = np.array([c.exam_cost_usd for c in catalog.credentials.values() if c.exam_cost_usd is not None])
        return cls(
            weeks=_of_peers(programs, programs.weeks, quantile),
            price=_of_peers(programs, programs.tuition, quantile),
            hours_per_week=_of_peers(programs, programs.hours_per_week, quantile),
            exam_fee=float(_quantile(fees, quantile)) if len(fees) else 0.0,
        )


def _of_peers(programs: Programs, figures: Floats, quantile: float) -> Floats:
    """For each program the quantile of its nearest group of peers that is large enough."""
    known = np.flatnonzero(np.isfinite(figures))
    if not len(known):
        return np.zeros(len(figures))
    found = np.full(len(figures), _quantile(figures[known], quantile))
    for groups, named in ((programs.award, np.True_), (programs.credential, programs.credential.where(bool))):
        # The nearest comes last, so that it counts.
        enough, values = _quantiles(figures[known], groups.code[known], len(groups.values), quantile)
        counts = named & enough[groups.code]
        found[counts] = values[groups.code[counts]]
    return found


def _quantile(figures: Floats, quantile: float) -> np.float64:
    """As `np.quantile` gives it, which would first load numpy's masked arrays."""
    _, (value,) = _quantiles(figures, np.zeros(len(figures), np.int64), 1, quantile)
    return np.float64(value)


def _quantiles(figures: Floats, group: Ints, groups: int, quantile: float) -> tuple[Bools, Floats]:
    """Which groups have peers enough, and the quantile of each, as `np.quantile` gives it: in one sort for all."""
    counts = np.bincount(group, minlength=groups)
    ordered = figures[np.lexsort((figures, group))]
    at = np.maximum(counts - 1, 0) * quantile
    below = np.floor(at)
    start = np.cumsum(counts) - counts + below.astype(np.int64)
    low, high = (ordered[np.minimum(start + step, len(ordered) - 1)] for step in (0, 1))
    part, rise = at - below, high - low
    # From the nearer end, so that rounding never carries it past the other.
    return counts >= LEAST_PEERS, np.where(part < 0.5, low + rise * part, high - rise * (1 - part))
