"""Which occupations speak like this title: a smoothed unigram language model for each occupation.

The nearest single title misleads when a rare word pulls ("golf cart repairer" towards motor repair). All titles of an
occupation together say how it is spoken of: query likelihood with Dirichlet smoothing (Zhai and Lafferty 2001) over
words, pairs, heads and trigrams. Stored as postings over occupations, so a query costs a few lookups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matching.resolve.postings import Arrays, ArraySource, Postings, derive_postings, terms_of

SMOOTHING = 160.0  # terms of background mixed into each occupation; set by hand: of 10, 40 and 160 the best on noise
HEAD = 0.5  # weight of the last word, and of any word with the last word, against 1 for a plain word
TRIGRAM = 0.3
KEPT_WORDS = 1 << 11  # with a figure for each occupation, 4 kB each, by a process that answers


@lru_cache(maxsize=1 << 15)  # an install meets each word many times
def _word_weights(word: str) -> dict[str, float]:
    """The word and its trigrams with their weights."""
    return {t: n * (1.0 if t.startswith("=") else TRIGRAM) for t, n in terms_of(word).items()}


def _joint_weights(words: Sequence[str]) -> dict[str, float]:
    """What words say together: pairs of neighbours, the last word, and each other word with it."""
    if not words:
        return {}
    weights = {f"={a}{b}": 1.0 for a, b in pairwise(words)}
    weights[f"{words[-1]}$$"] = HEAD
    return weights | {f"{word}>{words[-1]}": HEAD for word in words[:-1]}


def derive_language_model(prefix: str, titles: Iterable[tuple[str, int]], occupations: int) -> Arrays:
    """Postings of the model from (normalised title, occupation row) pairs."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    lengths = np.zeros(occupations)
    for text, occupation in titles:
        words = text.split()
        for said in (*map(_word_weights, words), _joint_weights(words)):
            for term, weight in said.items():
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
        # Words recur from title to title.
        self._of_word = lru_cache(maxsize=KEPT_WORDS)(self._word)

    def log_likelihood(self, text: str) -> npt.NDArray[np.float64]:
        """Per occupation, the log-likelihood ratio of a normalised title against the background, per word."""
        words = text.split()
        ratio = self._ratio(_joint_weights(words))
        for word in words:
            ratio = ratio + self._of_word(word)
        return ratio / max(1, len(words))

    def _word(self, word: str) -> npt.NDArray[np.float32]:
        return self._ratio(_word_weights(word)).astype(np.float32)

    def _ratio(self, weights: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """The log-likelihood ratio of these terms, each as often as its weight."""
        at, known = self._postings.find(weights)
        factors = np.array(list(weights.values()), dtype=np.float64)[known]
        against_background = self._postings.total(at[known], factors, len(self._penalty))
        return np.asarray(against_background - factors.sum() * self._penalty)
