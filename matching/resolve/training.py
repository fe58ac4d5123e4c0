"""Fits `title_model.json`: weights of the title features and the calibration of their softmax.

Examples come from the lexicon itself: alternate titles held out of the index (words we have not seen), and titles in
the index with seeded noise (words we have seen, mistyped). Labelled evaluation titles have no way in: the only input
is a snapshot's titles, and a kind other than the lexicon's own is refused.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from matching.resolve.noise import intake_noise
from matching.resolve.postings import Array, Arrays
from matching.resolve.text import normalise
from matching.resolve.title_model import FEATURES, TitleModel, log_odds
from matching.resolve.titles import EMPLOYMENT_WEIGHT, Ranking, TitleIndex, derive_titles
from taxonomy.occupations import Occupation, TaskStatement, Title

LEXICON_KINDS = frozenset({"occupation", "alternate", "reported", "lexicon"})
SEED = 20_260_101
HELD_OUT = 5_000
NOISED = 4_000
RIDGE = 1e-3
ITERATIONS = 40


@dataclass(frozen=True, slots=True)
class _ArrayStore:
    """Arrays in memory, read as a snapshot's are."""

    arrays: Arrays

    def array(self, name: str) -> Array:
        return self.arrays[name]


@dataclass(frozen=True, slots=True)
class _Example:
    ranking: Ranking
    right: npt.NDArray[np.bool_]  # candidates the title names
    meant: int  # row of the one that this person means


def _refuse_other_kinds(titles: Sequence[Title]) -> None:
    other = {t.kind for t in titles} - LEXICON_KINDS
    if other:
        raise ValueError(f"titles of kind {', '.join(sorted(other))} may not enter a fit")


def _examples(
    titles: Sequence[Title], occupations: Sequence[Occupation], tasks: Sequence[TaskStatement], rng: random.Random
) -> tuple[TitleIndex, list[_Example]]:
    """Rankings of held-out and noised titles by an index that has not seen the held-out ones."""
    row_of = {o.onet_code: row for row, o in enumerate(occupations)}
    named: defaultdict[str, set[int]] = defaultdict(set)
    for title in titles:
        named[normalise(title.text)].add(row_of[title.onet_code])
    alternates = sorted({normalise(t.text) for t in titles if t.kind == "alternate"})
    held = set(rng.sample(alternates, min(HELD_OUT, len(alternates) // 10)))
    seen = [t for t in titles if normalise(t.text) not in held]
    employment = np.array([np.nan if o.employment is None else o.employment for o in occupations], dtype=np.float64)
    flat = TitleModel((0.0,) * len(FEATURES), 1.0, 0.0)
    index = TitleIndex(_ArrayStore(derive_titles(seen, occupations, tasks)), employment, flat)
    noised = [(intake_noise(t.text, rng), named[normalise(t.text)]) for t in rng.sample(seen, min(NOISED, len(seen)))]
    queries = [(words, named[words]) for words in sorted(held)] + noised
    rng.shuffle(queries)
    examples = []
    for text, codes in queries:
        ranking = index.rank(index.heard(text))
        right = np.isin(ranking.occupations, sorted(codes))
        # A person has one of the occupations that a title names; drawing it keeps shared titles from looking sure.
        meant = rng.choice(sorted(codes))
        examples.append(_Example(ranking, right, meant))
    return index, examples


def _fit_weights(examples: Sequence[_Example]) -> npt.NDArray[np.float64]:
    """Maximum likelihood of "a right occupation is chosen", by damped Newton steps on the expected curvature."""
    usable = [e for e in examples if e.right.any() and not e.right.all()]
    weights = np.zeros(len(FEATURES))
    for _ in range(ITERATIONS):
        gradient = -2 * RIDGE * len(usable) * weights
        curvature = 2 * RIDGE * len(usable) * np.eye(len(FEATURES))
        for example in usable:
            x = example.ranking.features
            share = np.exp(x @ weights - (x @ weights).max())
            share /= share.sum()
            target = np.where(example.right, share, 0.0)
            target /= target.sum() or 1.0
            gradient += x.T @ (target - share)
            mean = share @ x
            curvature += (x.T * share) @ x - np.outer(mean, mean)
        weights = weights + 0.7 * np.linalg.solve(curvature, gradient)
    return weights


def _calibrate(index: TitleIndex, examples: Sequence[_Example], soc: Sequence[str]) -> tuple[float, float]:
    """Slope and intercept of the log-odds that the first SOC occupation is the one meant (Platt)."""
    odds, hits = [], []
    for example in examples:
        if not len(example.ranking.occupations):
            continue
        first, share = index.first(example.ranking)
        odds.append(log_odds(share))
        hits.append(soc[int(example.ranking.occupations[first])] == soc[example.meant])
    line = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], hits)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def fit_title_model(
    titles: Sequence[Title],
    occupations: Sequence[Occupation],
    releases: Sequence[str],
    tasks: Sequence[TaskStatement] = (),
) -> str:
    """The text of `title_model.json`, the same for the same titles: weights on two thirds, calibration on the rest.

    Raises:
        ValueError: titles of a kind that is not the lexicon's own.
    """
    _refuse_other_kinds(titles)
    index, examples = _examples(titles, occupations, tasks, random.Random(SEED))  # noqa: S311 - reproducible noise, no secret
    cut = len(examples) * 2 // 3
    weights = _fit_weights(examples[:cut])
    index.use(TitleModel(tuple(weights.tolist()), 1.0, 0.0))
    slope, intercept = _calibrate(index, examples[cut:], [o.soc_code for o in occupations])
    model = {
        "note": "Fitted by matching.resolve.training.fit_title_model on held-out and noised titles of the lexicon; "
        "no labelled evaluation title takes part.",
        "releases": sorted(releases),
        "examples": {"weights": cut, "calibration": len(examples) - cut},
        "seed": SEED,
        "employment_weight": EMPLOYMENT_WEIGHT,
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        "slope": round(slope, 4),
        "intercept": round(intercept, 4),
    }
    return json.dumps(model, indent=2) + "\n"
