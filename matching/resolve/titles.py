"""Job titles to occupations: near titles, spelling and the occupation's way of speaking, weighed into a probability.

exact and near titles (index) -> spelling (rapidfuzz) -> support of several titles for one occupation, the language
model and the classifier -> a conditional logit over the candidate occupations, whose weights and calibration stand in
`title_model.json`, fitted by `training.py` on held-out and noised titles of the lexicon, never on labelled titles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from matching.resolve.classifier import Classifier, derive_classifier
from matching.resolve.language_model import LanguageModel, derive_language_model
from matching.resolve.postings import Arrays, ArraySource, Hits, TextIndex, derive_index, text_key
from matching.resolve.text import normalise, without_noise
from matching.resolve.title_model import (
    AT,
    FEATURES,
    OF_NEW_WORDS,
    PLAIN,
    TitleModel,
    calibrate,
)
from taxonomy.occupations import Occupation, TaskStatement, Title

NEAR_TITLES = 60  # set by hand: wide enough that the right occupation is rarely cut off, small enough to rescore
MODEL_OCCUPATIONS = 15
# What is known of an occupation without its titles: more people come from large ones. A sixth of the logarithm of
# employment, because the lexicon's titles already lean towards large occupations. Our assumption, not fitted.
EMPLOYMENT_WEIGHT = 0.15
SLIP_FROM = 0.85  # spelling likeness of one or two wrong letters in a title; from there on each letter tells more
# The occupation's own name, or a title our lexicon gives it, names it before others that merely report the title.
OWN_NAME_WEIGHT = 2.0


def derive_titles(
    titles: Sequence[Title], occupations: Sequence[Occupation], tasks: Sequence[TaskStatement] = ()
) -> Arrays:
    """Arrays of the title index and its two models; one row for each different (words, occupation)."""
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
    socs = sorted({o.soc_code for o in occupations})
    told = [(normalise(t.text), row_of[t.onet_code]) for t in tasks if t.onet_code in row_of]
    return (
        derive_index("resolve_title", [words for words, _ in keys])
        | derive_language_model("resolve_speech", keys, len(occupations))
        | derive_classifier("resolve_classified", keys, told, len(occupations))
        | {
            "resolve_title_occupation": np.array([occupation for _, occupation in keys], dtype=np.int32),
            "resolve_title_source": np.array([first[key] for key in keys], dtype=np.int32),
            "resolve_title_own": np.array([key in own for key in keys], dtype=np.bool_),
            "resolve_title_head": np.array([text_key(_head(words)) for words, _ in keys], dtype=np.uint64),
            "resolve_title_soc": np.array([socs.index(o.soc_code) for o in occupations], dtype=np.int32),
        }
    )


def _head(words: str) -> str:
    """The last word, which in English says what somebody is: "dental assistant"."""
    return words.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidate occupations of a title with their features; `rows` is each one's nearest title, -1 where none is."""

    occupations: npt.NDArray[np.int64]
    features: npt.NDArray[np.float64]
    rows: npt.NDArray[np.int64]
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
        self._classifier = Classifier("resolve_classified", source)
        self._occupation = np.asarray(source.array("resolve_title_occupation"))
        self._source = np.asarray(source.array("resolve_title_source"))
        self._own = np.asarray(source.array("resolve_title_own"))
        self._head = np.asarray(source.array("resolve_title_head"))
        self._soc = np.asarray(source.array("resolve_title_soc"))
        self.use(model)
        known = employment[~np.isnan(employment)]
        typical = float(np.median(known)) if len(known) else 0.0
        self._prior = EMPLOYMENT_WEIGHT * np.log1p(np.where(np.isnan(employment), typical, employment))

    def use(self, model: TitleModel) -> None:
        """Weigh with another model; the fit calls it between its two parts."""
        self._model = model
        self._weights = np.array(model.weights)

    def rank(self, words: str) -> Ranking:
        """Candidate occupations of normalised words, in the order of their codes."""
        hits = self._index.search(words, NEAR_TITLES)
        if not len(hits.rows):
            nobody = np.empty(0, np.int64)
            return Ranking(nobody, np.empty((0, len(FEATURES))), nobody, np.empty(0, np.bool_))
        speech, classified = self._speech.log_likelihood(words), self._classifier.log_shares(words)
        named = self._occupation[hits.rows]
        candidates = np.unique(
            np.concatenate([named, _highest(speech, MODEL_OCCUPATIONS), _highest(classified, MODEL_OCCUPATIONS)])
        )
        features = np.zeros((len(candidates), len(FEATURES)))
        rows = np.full(len(candidates), -1, dtype=np.int64)
        own = np.zeros(len(candidates), dtype=np.bool_)
        at, near, nearest, owned = self._support(words, hits, named)
        place = np.searchsorted(candidates, at)
        features[place, : near.shape[1]] = near
        rows[place], own[place] = nearest, owned
        features[:, AT["speech"]] = speech[candidates]
        features[:, AT["classified"]] = classified[candidates]
        support = features[:, AT["support"]]
        features[:, AT["vote"]] = support / max(1e-9, float(support.sum()))
        if hits.new_word:
            features[:, len(PLAIN) :] = features[:, [AT[name] for name in OF_NEW_WORDS]]
        return Ranking(candidates, features, rows, own)

    def _support(
        self, words: str, hits: Hits, named: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """What the near titles say: the occupations, their first nine features, nearest titles, and whose own name."""
        texts = self._index.texts
        spelling = process.cdist([words], [texts[r] for r in hits.rows.tolist()], scorer=fuzz.token_sort_ratio)[0] / 100
        head = np.where(self._head[hits.rows] == np.uint64(text_key(_head(words))), hits.cosine, 0.0)
        same = np.array([texts[r] == words for r in hits.rows.tolist()])
        # Best titles come first, and a stable sort keeps them first within their occupation.
        order = np.argsort(named, kind="stable")
        at, starts, counts = np.unique(named[order], return_index=True, return_counts=True)
        cosine = hits.cosine[order]
        second = np.where(counts > 1, cosine[np.minimum(starts + 1, len(cosine) - 1)], 0.0)
        alike = np.maximum.reduceat(spelling[order], starts)
        features = np.column_stack(
            [
                cosine[starts],
                second,
                np.add.reduceat(cosine**2, starts),
                np.log1p(counts),
                alike,
                np.maximum.reduceat(head[order], starts),
                np.zeros(len(at)),
                np.maximum.reduceat(same[order], starts),
                np.maximum(0.0, (alike - SLIP_FROM) / (1 - SLIP_FROM)),
            ]
        )
        owned = np.logical_or.reduceat((same & self._own[hits.rows])[order], starts)
        return at, features, hits.rows[order][starts], owned

    def shares(self, ranking: Ranking) -> npt.NDArray[np.float64]:
        """Each candidate's share before calibration; they sum to one."""
        utility = ranking.features @ self._weights
        utility = utility + self._prior[ranking.occupations] + OWN_NAME_WEIGHT * ranking.own
        share = np.exp(utility - utility.max())
        return np.asarray(share / share.sum())

    def _groups(self, ranking: Ranking, share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Share of each candidate's SOC occupation: its own and its siblings'."""
        soc = self._soc[ranking.occupations]
        return np.asarray(np.bincount(soc, weights=share)[soc])

    def first(self, ranking: Ranking) -> tuple[int, float]:
        """Place of the best occupation of the likeliest SOC occupation, and the share of the latter."""
        return self._first(ranking, self.shares(ranking))

    def _first(self, ranking: Ranking, share: npt.NDArray[np.float64]) -> tuple[int, float]:
        group = self._groups(ranking, share)
        first = int(np.lexsort((ranking.occupations, -share, -group))[0])
        return first, float(group[first])

    def _same_soc(self, ranking: Ranking, at: int) -> npt.NDArray[np.bool_]:
        soc = self._soc[ranking.occupations]
        return np.asarray(soc == soc[at])

    def heard(self, text: str) -> str:
        """The words to look up: as said where they are a listed title ("junior …"), else what noise leaves of them."""
        said = normalise(text)
        return said if self._index.exact(said) else without_noise(text) or said

    def score(self, words: str, most: int | None = None) -> list[ScoredOccupation]:
        """The candidate occupations of normalised words (at most `most`), likeliest first; ties in the order of codes.

        Wages and demand come by SOC occupation, so it is the SOC occupation that is decided and calibrated; a
        candidate has its part of that probability. The best of the likeliest SOC occupation stands first.
        """
        ranking = self.rank(words)
        if not len(ranking.occupations):
            return []
        share = self.shares(ranking)
        first, sure = self._first(ranking, share)
        believed = calibrate(sure, self._model)
        # What the first SOC occupation has not, the others share as they did before.
        rest = (1 - believed) / max(1e-9, 1 - sure)
        probability = share * np.where(self._same_soc(ranking, first), believed / sure, rest)
        order = np.lexsort((ranking.occupations, -probability))
        order = np.concatenate([[first], order[order != first]])
        return [
            ScoredOccupation(
                int(ranking.occupations[i]),
                float(ranking.features[i, 0]),
                float(probability[i]),
                int(ranking.rows[i]) if ranking.rows[i] >= 0 else None,
            )
            for i in order[:most].tolist()
        ]

    def source_row(self, row: int) -> int:
        """Row of the snapshot's titles table that an index row was derived from."""
        return int(self._source[row])


def _highest(values: npt.NDArray[np.floating], top: int) -> npt.NDArray[np.int64]:
    return np.argpartition(-values, top)[:top] if len(values) > top else np.arange(len(values))


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
