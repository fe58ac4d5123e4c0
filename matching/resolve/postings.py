"""Postings: which rows hold a term and with what weight, as plain arrays, memory-mapped and never rebuilt.

A text's terms are its words, its pairs of neighbouring words (joined, so that "dry cleaner" meets "drycleaner"), and
the letter trigrams of each padded word, so that "forklift oprator" still meets "forklift operator".
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = dict[str, Array]


class ArraySource(Protocol):
    """Where stored arrays come from; a snapshot is one."""

    def array(self, name: str) -> Array:
        """A stored array by name."""


@lru_cache(maxsize=1 << 15)  # terms recur from title to title, and hashing them was a tenth of a query
def text_key(text: str) -> int:
    """A stable 64-bit name of a text; Python's own hash differs from process to process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def terms_of(text: str) -> Counter[str]:
    """Words, neighbouring pairs and letter trigrams of a normalised text, with counts."""
    words = text.split()
    joined = (f"={a}{b}" for a, b in pairwise(words))
    return Counter(chain((f"={word}" for word in words), joined, *map(letter_groups, words)))


@lru_cache(maxsize=1 << 13)  # words recur from text to text
def letter_groups(word: str) -> tuple[str, ...]:
    """The letter trigrams of a padded word."""
    padded = f"^{word}$"
    return tuple(padded[i : i + 3] for i in range(len(padded) - 2))


def derive_postings(prefix: str, weights: Mapping[str, Iterable[tuple[int, float]]]) -> Arrays:
    """Arrays of rows and weights per term, terms in the order of their keys."""
    by_key = sorted((text_key(term), term) for term in weights)
    lists = [list(weights[term]) for _, term in by_key]
    return {
        f"{prefix}_terms": np.array([key for key, _ in by_key], dtype=np.uint64),
        f"{prefix}_starts": np.cumsum([0, *map(len, lists)], dtype=np.int64),
        f"{prefix}_rows": np.array([row for pairs in lists for row, _ in pairs], dtype=np.int32),
        f"{prefix}_weights": np.array([weight for pairs in lists for _, weight in pairs], dtype=np.float32),
    }


class Postings:
    """Rows and weights per term, opened over stored arrays."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        self._terms = np.asarray(source.array(f"{prefix}_terms"))
        self._starts = np.asarray(source.array(f"{prefix}_starts"))
        self._rows = np.asarray(source.array(f"{prefix}_rows"))
        self._weights = np.asarray(source.array(f"{prefix}_weights"))

    def find(self, terms: Iterable[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Position of each term, and whether it is known."""
        keys = np.array([text_key(term) for term in terms], dtype=np.uint64)
        if not len(self._terms) or not len(keys):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
        at = np.minimum(np.searchsorted(self._terms, keys), len(self._terms) - 1)
        return at, self._terms[at] == keys

    def held(self, place: int) -> tuple[Array, Array]:
        """Rows and weights of the term at a position."""
        start, end = self._starts[place], self._starts[place + 1]
        return self._rows[start:end], self._weights[start:end]

    def under(
        self, at: npt.NDArray[np.int64], factors: npt.NDArray[np.floating[Any]]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.floating[Any]], npt.NDArray[np.int64]]:
        """Rows of the terms at these positions, term after term; factor x weight of each; how many rows a term has."""
        starts, ends = self._starts[at], self._starts[at + 1]
        if not len(at):
            return np.empty(0, np.int32), np.empty(0), ends - starts
        each = ends - starts
        after = np.cumsum(each)
        place = np.repeat(starts - after + each, each) + np.arange(after[-1])
        return self._rows.take(place), self._weights.take(place) * np.repeat(factors, each), each

    def total(self, at: npt.NDArray[np.int64], factors: npt.NDArray[np.float64], rows: int) -> npt.NDArray[np.float64]:
        """Per row, the sum of factor x weight over the terms at these positions."""
        met, weights, _ = self.under(at, factors)
        return np.asarray(np.bincount(met, weights=weights, minlength=rows), dtype=np.float64)

    def count(self, at: npt.NDArray[np.int64], rows: int) -> npt.NDArray[np.int64]:
        """Per row, how many of the terms at these positions it holds."""
        if not len(at):
            return np.zeros(rows, np.int64)
        found = np.concatenate([self._rows[a:b] for a, b in zip(self._starts[at], self._starts[at + 1], strict=True)])
        return np.bincount(found, minlength=rows)
