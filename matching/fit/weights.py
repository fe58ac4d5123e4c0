"""The fitted weights of the transition model, as the tree carries them: `transition_weights.json`."""

import hashlib
import json
from collections.abc import Iterable
from importlib import resources

import numpy as np

from matching.fit.features import LIKENESSES, feature_names
from matching.fit.likeness import Matrix
from taxonomy.frozen import frozen


@frozen
class Weights:
    """A logistic model of one kind of features; `slope` and `offset` calibrate its log-odds (Platt)."""

    kind: str
    weights: dict[str, float]
    intercept: float
    slope: float
    offset: float

    def __post_init__(self) -> None:
        """Refuse features other than those this version computes."""
        if tuple(self.weights) != feature_names(self.kind):
            raise ValueError(
                f"transition_weights.json ({self.kind}) was fitted for other features; run matching.fit.training again"
            )

    def log_odds(self, features: Iterable[tuple[str, Matrix]]) -> Matrix:
        """Calibrated log-odds of every move, from features in the order of `feature_names`."""
        total: Matrix | np.float32 = np.float32(self.intercept)
        for (name, weight), (given, matrix) in zip(self.weights.items(), features, strict=True):
            if given != name:
                raise ValueError(f"feature {given} came where {name} was expected")
            total = total + np.float32(weight) * matrix
        return np.asarray(np.float32(self.slope) * total + np.float32(self.offset), np.float32)


def probability(log_odds: Matrix) -> Matrix:
    """The logistic function."""
    return (1.0 / (1.0 + np.exp(-log_odds))).astype(np.float32)


def shipped_text() -> str:
    """The weights file of this version."""
    return resources.files("matching.fit").joinpath("transition_weights.json").read_text(encoding="utf-8")


def read_weights(text: str) -> dict[str, Weights]:
    """Weights by kind of features.

    Raises:
        ValueError: fitted for features other than those this version computes, or no such kind.
    """
    kinds = json.loads(text)["kinds"]
    unknown = kinds.keys() - LIKENESSES.keys()
    if unknown:
        raise ValueError(f"transition_weights.json holds unknown kinds: {', '.join(sorted(unknown))}")
    return {
        kind: Weights(kind, part["weights"], part["intercept"], part["slope"], part["offset"])
        for kind, part in kinds.items()
    }


def digest_of(text: str) -> str:
    """The sha256 of a weights file."""
    return hashlib.sha256(text.encode()).hexdigest()
