"""Fit: the weighted one-sided gap between what a person can do and what each occupation needs.

g(s, o) = sum_j w_oj * max(0, need_oj - h_j), weights from O*NET importance. Skill beyond the need is worth nothing
here and costs nothing, so that being over-qualified is never a misfit.
"""

import numpy as np
import numpy.typing as npt

from taxonomy.snapshot import Snapshot

Floats = npt.NDArray[np.float64]


def descriptor_weights(snapshot: Snapshot) -> npt.NDArray[np.float32]:
    """Weights w, occupations x descriptors, each row summing to 1; rows of NaN where unrated.

    O*NET importance runs from 1 (not important) to 5, so importance 1 weighs nothing.
    """
    weight = np.maximum(0.0, np.asarray(snapshot.importance, np.float32) - 1.0)
    total = weight.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights: npt.NDArray[np.float32] = (weight / total).astype(np.float32)
    return weights


def gaps(level: Floats, need: npt.NDArray[np.float32], weight: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Gap of one person to every occupation, in O*NET level points (0: none missing); NaN where unrated."""
    short = np.maximum(np.float32(0.0), need - level.astype(np.float32))
    gap: npt.NDArray[np.float32] = np.einsum("od,od->o", short, weight)
    return gap


def largest_gaps(
    level: Floats, need: npt.NDArray[np.float32], weight: npt.NDArray[np.float32], *, most: int
) -> list[int]:
    """Descriptors (columns) that make up most of the gap to one occupation, largest first; rows of one occupation."""
    share = np.nan_to_num(weight * np.maximum(0.0, need - level))
    order = np.argsort(-share, kind="stable")[:most]
    return [int(d) for d in order if share[d] > 0]
