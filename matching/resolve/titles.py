"""Job titles to occupations: near titles, spelling and the occupation's way of speaking, weighed into a probability.

exact and near titles (index) -> spelling (rapidfuzz) -> support of several titles for one occupation and the language
model -> a conditional logit over the candidate occupations, whose weights and calibration stand in `title_model.json`,
fitted by `training.py` on held-out and noised titles of the lexicon, never on labelled evaluation titles.
"""

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from matching.resolve.language_model import LanguageModel, derive_language_model
from matching.resolve.postings import Arrays, ArraySource, TextIndex, derive_index
from matching.resolve.text import normalise
from taxonomy.occupations import Occupation, Title

NEAR_TITLES = 60  # set by hand: wide enough that the right occupation is rarely cut off, small enough to rescore
MODEL_OCCUPATIONS = 15
# What is known of an occupation without its titles: more people come from large ones. A third of the logarithm of
# employment, because the lexicon's titles already lean towards large occupations. Our assumption, not fitted.
EMPLOYMENT_WEIGHT = 0.15
SLIP_FROM = 0.85  # spelling likeness of one or two wrong letters in a title; from there on each letter tells more
# The occupation's own name, or a title our lexicon gives it, names it before others that merely report the title.
OWN_NAME_WEIGHT = 2.0

FEATURES = ("nearest", "second", "support", "titles", "spelling", "head", "speech", "same_title", "slip")


@dataclass(frozen=True, slots=True)
class TitleModel:
    """Weights by feature, and the line that turns the softmax into a calibrated probability."""

    weights: tuple[float, ...]
    slope: float
    intercept: float


@cache
def load_title_model() -> TitleModel:
    """The fitted model beside this module.

    Raises:
        ValueError: it was fitted for other features than this code computes.
    """
    stored = json.loads(files(__package__).joinpath("title_model.json").read_text("utf-8"))
    if tuple(stored["weights"]) != FEATURES:
        raise ValueError("title_model.json was fitted for other features; run matching.resolve.training again")
    return TitleModel(tuple(stored["weights"].values()), stored["slope"], stored["intercept"])


def derive_titles(titles: Sequence[Title], occupations: Sequence[Occupation]) -> Arrays:
    """Arrays of the title index and the language model; one row for each different (words, occupation)."""
    row_of = {o.onet_code: row for row, o in enumerate(occupations)}
    own = {(normalise(o.title), row) for row, o in enumerate(occupations)}
    own |= {(normalise(t.text), row_of[t.onet_code]) for t in titles if t.kind == "lexicon" and t.onet_code in row_of}
    first: dict[tuple[str, int], int] = {}
    for at, title in enumerate(titles):
        occupation = row_of.get(title.onet_code)
        words = normalise(title.text)
        if occupation is not None and words:
            first.setdefault((words, occupation), at)
    keys = sorted(first)
    return (
        derive_index("resolve_title", [words for words, _ in keys])
        | derive_language_model("resolve_speech", keys, len(occupations))
        | {
            "resolve_title_occupation": np.array([occupation for _, occupation in keys], dtype=np.int32),
            "resolve_title_source": np.array([first[key] for key in keys], dtype=np.int32),
            "resolve_title_own": np.array([key in own for key in keys], dtype=np.bool_),
        }
    )


@dataclass(slots=True)
class _Support:
    """What the near titles of one occupation say for it."""

    cosines: list[float] = field(default_factory=list)
    spelling: float = 0.0
    head: float = 0.0
    same: bool = False
    own: bool = False
    best_row: int | None = None

    def features(self, speech: float) -> tuple[float, ...]:
        near = [*self.cosines, 0.0, 0.0]
        return (
            near[0],
            near[1],
            sum(c * c for c in near),
            math.log1p(len(self.cosines)),
            self.spelling,
            self.head,
            speech,
            float(self.same),
            max(0.0, (self.spelling - SLIP_FROM) / (1 - SLIP_FROM)),
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidate occupations of a title with their features, in no order; `row` is the nearest title's index row."""

    occupations: list[int]
    features: npt.NDArray[np.float64]
    rows: list[int | None]
    own: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ScoredOccupation:
    """An occupation (row number) with its cosine to the nearest title and calibrated probability."""

    occupation: int
    nearest: float
    probability: float
    row: int | None


class TitleIndex:
    """Ranks the occupations of a snapshot by how well a title names them."""

    def __init__(self, source: ArraySource, employment: npt.NDArray[np.float64], model: TitleModel) -> None:
        self._index = TextIndex("resolve_title", source)
        self._speech = LanguageModel("resolve_speech", source)
        self._occupation = np.asarray(source.array("resolve_title_occupation"))
        self._source = np.asarray(source.array("resolve_title_source"))
        self._own = np.asarray(source.array("resolve_title_own"))
        self._model = model
        known = employment[~np.isnan(employment)]
        typical = float(np.median(known)) if len(known) else 0.0
        self._prior = EMPLOYMENT_WEIGHT * np.log1p(np.where(np.isnan(employment), typical, employment))

    def use(self, model: TitleModel) -> None:
        """Weigh with another model; the fit calls it between its two parts."""
        self._model = model

    def rank(self, words: str) -> Ranking:
        """Candidate occupations of normalised words."""
        supports: defaultdict[int, _Support] = defaultdict(_Support)
        head = words.rpartition(" ")[2]
        hits = self._index.search(words, NEAR_TITLES)
        for row, cosine in zip(hits.rows, hits.cosine, strict=True):
            title = self._index.text(row)
            support = supports[int(self._occupation[row])]
            support.cosines.append(cosine)
            support.spelling = max(support.spelling, fuzz.token_sort_ratio(words, title) / 100)
            if title.rpartition(" ")[2] == head:
                support.head = max(support.head, cosine)
            if title == words:
                support.same = True
                support.own = support.own or bool(self._own[row])
            if support.best_row is None:
                support.best_row = row
        if not supports:
            return Ranking([], np.empty((0, len(FEATURES))), [], np.empty(0, np.bool_))
        speech = self._speech.log_likelihood(words)
        for occupation in np.argsort(-speech, kind="stable")[:MODEL_OCCUPATIONS].tolist():
            _ = supports[occupation]
        occupations = sorted(supports)
        features = np.array([supports[o].features(float(speech[o])) for o in occupations])
        own = np.array([supports[o].own for o in occupations], dtype=np.bool_)
        return Ranking(occupations, features, [supports[o].best_row for o in occupations], own)

    def probabilities(self, ranking: Ranking) -> npt.NDArray[np.float64]:
        """Calibrated probability of each candidate; they sum to at most one."""
        utility = ranking.features @ np.array(self._model.weights)
        utility = utility + self._prior[ranking.occupations] + OWN_NAME_WEIGHT * ranking.own
        share = np.exp(utility - utility.max())
        share = np.clip(share / share.sum(), 1e-9, 1 - 1e-9)
        line = self._model.slope * np.log(share / (1 - share)) + self._model.intercept
        calibrated: npt.NDArray[np.float64] = 1 / (1 + np.exp(-line))
        return calibrated / max(1.0, float(calibrated.sum()))

    def source_row(self, row: int) -> int:
        """Row of the snapshot's titles table that an index row was derived from."""
        return int(self._source[row])

    def score(self, words: str) -> list[ScoredOccupation]:
        """Every candidate occupation of normalised words, likeliest first; ties in the order of codes."""
        ranking = self.rank(words)
        if not ranking.occupations:
            return []
        probability = self.probabilities(ranking)
        return [
            ScoredOccupation(
                ranking.occupations[i], float(ranking.features[i, 0]), float(probability[i]), ranking.rows[i]
            )
            for i in np.argsort(-probability, kind="stable").tolist()
        ]


def hear_duties(
    title: Sequence[ScoredOccupation], duties: Sequence[Sequence[ScoredOccupation]]
) -> list[ScoredOccupation]:
    """A vague title and its duties, each side believed half: what both name rises."""
    both: dict[int, ScoredOccupation] = {}
    for part, belief in ((title, 0.5), *((duty, 0.5 / len(duties)) for duty in duties)):
        for found in part:
            before = both.get(found.occupation)
            heard = found.probability * belief
            both[found.occupation] = (
                replace(found, probability=heard)
                if before is None
                else replace(before, probability=before.probability + heard)
            )
    return sorted(both.values(), key=lambda s: (-s.probability, s.occupation))
