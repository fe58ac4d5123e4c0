"""Stand-ins: cautious lengths and prices for programs whose list is silent, from like programs of the snapshot."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.config import MatchConfig

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StandIns:
    """Cautious lengths and prices for programs whose list is silent, by award: an upper quantile of like programs."""

    weeks: dict[str | None, float]
    price: dict[str | None, float]

    @classmethod
    def from_catalog(cls, catalog: Catalog, config: MatchConfig) -> "StandIns":
        """Quantiles over all programs of the snapshot, per award and, under the key "*", over all."""
        return cls(
            weeks=_quantiles(catalog.programs.award, catalog.programs.weeks, config.unknown_length_quantile),
            price=_quantiles(catalog.programs.award, catalog.programs.tuition, config.unknown_length_quantile),
        )


def _quantiles(award: tuple[str | None, ...], figures: Floats, quantile: float) -> dict[str | None, float]:
    groups: defaultdict[str | None, list[float]] = defaultdict(list)
    for kind, figure in zip(award, figures, strict=True):
        if not np.isnan(figure):
            groups[kind].append(float(figure))
            groups["*"].append(float(figure))
    return {kind: float(np.quantile(values, quantile)) for kind, values in groups.items()}


def stand_in(values: dict[str | None, float], award: str | None) -> float:
    """The stand-in for an award, falling back to all programs, and to 0 only in a snapshot without any figure."""
    return values.get(award, values.get("*", 0.0))
