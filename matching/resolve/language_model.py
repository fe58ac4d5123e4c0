"""Which occupations speak like this title: a smoothed unigram language model for each occupation.

The nearest single title misleads when a rare word pulls ("golf cart repairer" towards motor repair). All titles of an
occupation together say how it is spoken of: query likelihood with Dirichlet smoothing (Zhai and Lafferty 2001) over
words, pairs, heads and trigrams. Stored as postings over occupations, so a query costs a few lookups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise

import numpy as np
import numpy.typing as npt

from matching.resolve.postings import Arrays, ArraySource, Postings, derive_postings, terms_of
from matching.resolve.remembered import Remembered
from matching.resolve.word_lists import kin_of

SMOOTHING = 160.0  # terms of background mixed into each occupation; set by hand: of 10, 40 and 160 the best on noise
HEAD = 0.5  # weight of the last word, of any word with the last word, and of kin, against 1 for a plain word
TRIGRAM = 0.3
_NO_KIN = ("works",)  # whoever is not said to lead is likelier one who works than their supervisor
KEPT_WORDS = 1 << 11  # with a figure for each occupation, 4 kB each, by a process that answers


@lru_cache(maxsize=1 << 15)  # an install meets each word many times
def _word_weights(word: str) -> dict[str, float]:
    """The word and its trigrams with their weights."""
    return {t: n * (1.0 if t.startswith("=") else TRIGRAM) for t, n in terms_of(word).items()}


def _joint_weights(words: Sequence[str]) -> dict[str, float]:
    """What words say together: pairs of neighbours, the last word, each other word with it, and kin of any."""
    if not words:
        return {}
    weights = {f"={a}{b}": 1.0 for a, b in pairwise(words)}
    weights[f"{words[-1]}$$"] = HEAD
    weights |= {f"{word}>{words[-1]}": HEAD for word in words[:-1]}
    return weights | {f"#{kin}": HEAD for kin in kin_of(words) or _NO_KIN}


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
        self._penalty = np.asarray(source.array(f"{prefix}_length_penalty")).astype(np.float64)
        # Words recur from title to title.
        self._of_words = Remembered(self._words, KEPT_WORDS)

    def log_likelihoods(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """A row for each normalised title: per occupation, its log-likelihood ratio to the background, per word."""
        said = [text.split() for text in texts]
        ratios = self._ratios([_joint_weights(words) for words in said])
        of_word = iter(self._of_words(list(chain.from_iterable(said))))
        for row, words in enumerate(said):
            for ratio in islice(of_word, len(words)):
                ratios[row] += ratio
            ratios[row] /= max(1, len(words))
        return ratios

    def _words(self, words: Sequence[str]) -> list[npt.NDArray[np.float32]]:
        # Each in an array of its own: a part of a larger one would keep the whole in memory.
        return [row.astype(np.float32) for row in self._ratios([_word_weights(word) for word in words])]

    def _ratios(self, weights: Sequence[Mapping[str, float]]) -> npt.NDArray[np.float64]:
        """A row of log-likelihood ratios for each set of terms, each term as often as its weight."""
        many, wide = len(weights), len(self._penalty)
        at, known = self._postings.find(chain.from_iterable(weights))
        of_set = np.repeat(np.arange(many), [len(terms) for terms in weights])[known]
        factors = np.fromiter(chain.from_iterable(w.values() for w in weights), dtype=np.float64)[known]
        rows, told, each = self._postings.under(at[known], factors)
        place = rows + np.repeat(of_set, each) * wide
        ratios = np.bincount(place, weights=told, minlength=many * wide).reshape(many, wide)
        length = np.bincount(of_set, weights=factors, minlength=many)
        return np.asarray(ratios - length[:, None] * self._penalty)
