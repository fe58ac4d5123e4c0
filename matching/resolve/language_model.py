"""Which occupations speak like this title: a smoothed unigram language model for each occupation.

The nearest single title misleads when a rare word pulls ("golf cart repairer" towards motor repair). All titles of an
occupation together say how it is spoken of: query likelihood with Dirichlet smoothing (Zhai and Lafferty 2001) over
words, pairs, heads and trigrams. Stored as postings over occupations, so a query costs a few lookups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from matching.resolve.postings import MAX_QUERY_TERMS, Arrays, ArraySource, Postings, derive_postings, terms_of

SMOOTHING = 160.0  # terms of background mixed into each occupation; set by hand: of 10, 40 and 160 the best on noise
HEAD = 0.5  # weight of the last word, and of any word with the last word, against 1 for a plain word
TRIGRAM = 0.3


def _weighted_terms(text: str) -> dict[str, float]:
    words = text.split()
    weights = {t: n * (1.0 if t.startswith("=") else TRIGRAM) for t, n in terms_of(text).items()}
    if words:
        weights[f"{words[-1]}$$"] = HEAD
    for word in words[:-1]:
        weights[f"{word}>{words[-1]}"] = HEAD
    return weights


def derive_language_model(prefix: str, titles: Iterable[tuple[str, int]], occupations: int) -> Arrays:
    """Postings of the model from (normalised title, occupation row) pairs."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    lengths = np.zeros(occupations)
    for text, occupation in titles:
        for term, weight in _weighted_terms(text).items():
            counts[term][occupation] += weight  # type: ignore[assignment] # Counter adds any number
            lengths[occupation] += weight
    total = float(lengths.sum()) or 1.0
    weights = {
        term: [(o, math.log1p(n * total / (SMOOTHING * sum(by.values())))) for o, n in sorted(by.items())]
        for term, by in counts.items()
    }
    return derive_postings(prefix, weights) | {
        f"{prefix}_length_penalty": np.log((lengths + SMOOTHING) / SMOOTHING).astype(np.float32)
    }


class LanguageModel:
    """The derived model, opened over stored arrays."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        self._postings = Postings(prefix, source)
        self._penalty = np.asarray(source.array(f"{prefix}_length_penalty"))

    def log_likelihood(self, text: str) -> npt.NDArray[np.float64]:
        """Per occupation, the log-likelihood ratio of a normalised title against the background, per word."""
        terms = dict(list(_weighted_terms(text).items())[:MAX_QUERY_TERMS])
        at, known = self._postings.find(terms)
        factors = np.array(list(terms.values()))[known]
        against_background = self._postings.total(at[known], factors, len(self._penalty))
        ratio: npt.NDArray[np.float64] = against_background - factors.sum() * self._penalty
        per_word: npt.NDArray[np.float64] = ratio / max(1, len(text.split()))
        return per_word
