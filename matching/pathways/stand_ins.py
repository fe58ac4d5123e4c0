"""Stand-ins: cautious figures for programs whose list is silent, from like programs of the snapshot."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog, Programs
from matching.config import MatchConfig

Floats = npt.NDArray[np.float64]

# Programs a figure has to come from; fewer say too little of others.
LEAST_PEERS = 5


@dataclass(frozen=True, slots=True, eq=False)
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
        fees = [c.exam_cost_usd for c in catalog.credentials.values() if c.exam_cost_usd is not None]
        return cls(
            weeks=_of_peers(programs, programs.weeks, quantile),
            price=_of_peers(programs, programs.tuition, quantile),
            hours_per_week=_of_peers(programs, programs.hours_per_week, quantile),
            exam_fee=float(np.quantile(fees, quantile)) if fees else 0.0,
        )


def _of_peers(programs: Programs, figures: Floats, quantile: float) -> Floats:
    """For each program the quantile of its nearest group of peers that is large enough."""
    groups: defaultdict[Hashable, list[float]] = defaultdict(list)
    peers = [_groups(programs, row) for row in range(len(figures))]
    for row in np.flatnonzero(np.isfinite(figures)).tolist():
        for group in peers[row]:
            groups[group].append(float(figures[row]))
    known = {group: float(np.quantile(values, quantile)) for group, values in groups.items() if _enough(group, values)}
    return np.array([next((known[g] for g in own if g in known), 0.0) for own in peers], np.float64)


def _groups(programs: Programs, row: int) -> tuple[Hashable, ...]:
    """Groups of peers, nearest first."""
    credential = programs.credential[row]
    return (("credential", credential) if credential else (), ("award", programs.award[row]), "all")


def _enough(group: Hashable, values: list[float]) -> bool:
    return bool(group) and (group == "all" or len(values) >= LEAST_PEERS)
