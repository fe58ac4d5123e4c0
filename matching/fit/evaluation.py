"""How well the transition model finds O*NET's related occupations, for occupations the fit has never seen."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from matching.fit.features import LIKENESSES, richest_kind
from matching.fit.likeness import Matrix, cosine
from matching.fit.pairs import (
    Pairs,
    Rows,
    contents_of,
    read_pairs,
    split_by_major_group,
    split_by_occupation,
    stack_features,
)
from matching.fit.training import fit_weights
from matching.fit.weights import probability
from taxonomy.frozen import frozen
from taxonomy.snapshot import Contents, Snapshot

FOLDS = 5
TOP = 20
BINS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Scores = npt.NDArray[np.float64]


@frozen
class Ranking:
    """How well one way of ranking puts the related occupations first, averaged over origins."""

    name: str
    ndcg_at_20: float  # gain 20 for the first listed down to 1 for the last
    auc: float
    origins: int


@frozen
class ReliabilityBin:
    """Pairs whose stated probability fell in a range: what was said, and what was so."""

    low: float
    high: float
    pairs: int
    mean_probability: float
    share_listed: float


@frozen
class TransitionEvaluation:
    """Figures over held-out origins, each ranked against all other rated occupations."""

    kind: str
    occupations: int
    pairs_listed: int
    model: Ranking
    model_new_groups: Ranking  # whole SOC major groups held out together
    poorer: tuple[Ranking, ...]  # the kinds of weights for data that tell less, on the same split
    baselines: tuple[Ranking, ...]
    by_major_group: tuple[Ranking, ...]
    expected_calibration_error: float
    reliability: tuple[ReliabilityBin, ...]

    @property
    def rankings(self) -> tuple[Ranking, ...]:
        """Every way of ranking on the same origins, the model first."""
        return (self.model, self.model_new_groups, *self.poorer, *self.baselines)


def evaluate_transitions(data: Contents | Snapshot) -> TransitionEvaluation:
    """Cross-fit over occupations: a held-out occupation is in no fitted pair, neither as origin nor as destination.

    Raises:
        ValueError: no table of related occupations to judge by.
    """
    contents = contents_of(data) if isinstance(data, Snapshot) else data
    pairs = read_pairs(contents)
    kind = richest_kind(pairs.likenesses)
    by_occupation = split_by_occupation(pairs, FOLDS)
    features = stack_features(pairs, contents, kind)
    scores = _cross_fit(kind, features, pairs, by_occupation)
    new_groups = _cross_fit(kind, features, pairs, split_by_major_group(pairs, FOLDS))
    del features
    kinds = list(LIKENESSES)
    poorer = [
        _rank(other, _cross_fit(other, stack_features(pairs, contents, other), pairs, by_occupation), pairs)
        for other in kinds[kinds.index(kind) + 1 :]
    ]
    groups = np.array(pairs.major_groups)
    reliability = _reliability(scores, pairs)
    judged = sum(b.pairs for b in reliability)
    return TransitionEvaluation(
        kind=kind,
        occupations=len(pairs.codes),
        pairs_listed=int((pairs.gain > 0).sum()),
        model=_rank("transition model", scores, pairs),
        model_new_groups=_rank("transition model, major group not seen", new_groups, pairs),
        poorer=tuple(poorer),
        baselines=tuple(_rank(name, make(pairs), pairs) for name, make in _BASELINES.items()),
        by_major_group=tuple(_rank(g, scores, pairs, np.flatnonzero(groups == g)) for g in sorted(set(groups))),
        expected_calibration_error=sum(b.pairs * abs(b.mean_probability - b.share_listed) for b in reliability)
        / judged,
        reliability=reliability,
    )


def _cross_fit(kind: str, features: npt.NDArray[np.float32], pairs: Pairs, fold: Rows) -> Scores:
    """Probability of each pair by a model that has not seen its origin."""
    scores = np.empty(pairs.gain.shape)
    for part in np.unique(fold):
        fitted = fit_weights(kind, features, pairs, np.flatnonzero(fold != part))
        held = np.flatnonzero(fold == part)
        weight = np.array(list(fitted.weights.values()), np.float32)
        line = features[held] @ weight + fitted.intercept
        scores[held] = probability((fitted.slope * line + fitted.offset).astype(np.float32))
    return scores


def _rank(name: str, scores: Scores, pairs: Pairs, origins: Rows | None = None) -> Ranking:
    ndcg, auc = [], []
    discount = 1.0 / np.log2(np.arange(2, TOP + 2))
    for origin in range(len(scores)) if origins is None else origins:
        others = np.arange(len(scores)) != origin
        gain, score = pairs.gain[origin][others], scores[origin][others]
        if not gain.any():
            continue
        first = gain[np.argsort(-score, kind="stable")[:TOP]]
        ideal = -np.sort(-gain)[:TOP]
        ndcg.append((first @ discount[: len(first)]) / (ideal @ discount[: len(ideal)]))
        auc.append(roc_auc_score(gain > 0, score))
    return Ranking(name, float(np.mean(ndcg)), float(np.mean(auc)), len(ndcg))


def _reliability(scores: Scores, pairs: Pairs) -> tuple[ReliabilityBin, ...]:
    others = ~np.eye(len(scores), dtype=np.bool_)
    said, so = scores[others], pairs.gain[others] > 0
    place = np.clip(np.searchsorted(BINS, said, side="right") - 1, 0, len(BINS) - 2)
    return tuple(
        ReliabilityBin(BINS[b], BINS[b + 1], int(m.sum()), float(said[m].mean()), float(so[m].mean()))
        for b in range(len(BINS) - 1)
        if (m := place == b).any()
    )


def _level_cosine(pairs: Pairs) -> Scores:
    return cosine(pairs.level).astype(np.float64)


def _level_cosine_near(pairs: Pairs) -> Scores:
    near = np.abs(pairs.job_zone[:, None] - pairs.job_zone[None, :]) <= 1
    return np.where(near, _level_cosine(pairs), _level_cosine(pairs) - 2.0)


def _words(pairs: Pairs) -> Scores:
    names = ("titles_and_tasks", "titles", "everyday_titles")
    found: Matrix = next(pairs.likenesses[name] for name in names if name in pairs.likenesses)
    return found.astype(np.float64)


def _mixture(pairs: Pairs) -> Scores:
    def standard(scores: Scores) -> Scores:
        standardised: Scores = (scores - scores.mean(axis=1, keepdims=True)) / scores.std(axis=1, keepdims=True)
        return standardised

    return standard(_level_cosine(pairs)) + standard(_words(pairs))


_BASELINES: dict[str, Callable[[Pairs], Scores]] = {
    "cosine of rating levels": _level_cosine,
    "cosine of rating levels, job zone within 1": _level_cosine_near,
    "TF-IDF of words": _words,
    "mixture of cosine and TF-IDF": _mixture,
}
