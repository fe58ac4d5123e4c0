"""Inverted indexes over short texts, as plain arrays: derived at install, memory-mapped, never rebuilt.

A text's terms are its words, its pairs of neighbouring words (joined, so that "dry cleaner" meets "drycleaner"), and
the letter trigrams of each padded word, so that "forklift oprator" still meets "forklift operator". scikit-learn could
weigh the same terms, but one transform of its vectorizer costs more than a whole query here.
"""

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

# A term in more rows than this costs much to follow and tells little: "er$" is in every fourth title. A word that
# many titles hold still says what somebody is ("operator"), so its bound is wider.
MAX_POSTINGS = 12_000
MAX_TRIGRAM_POSTINGS = 2_500
# Beyond this many terms a text is a paragraph, and its first words say what it is about.
MAX_QUERY_TERMS = 160
SAME_WORD_FROM = 85  # rapidfuzz ratio, 0-100: one letter of seven may be wrong
LEAST_COSINE = 1e-9
FAR_BELOW = 0.3  # share of the best row's cosine under which a row is left out

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
    return Counter(chain((f"={word}" for word in words), joined, *map(_trigrams, words)))


@lru_cache(maxsize=1 << 13)  # words recur from text to text
def _trigrams(word: str) -> tuple[str, ...]:
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

    def under(
        self, at: npt.NDArray[np.int64], factors: npt.NDArray[np.floating[Any]]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.floating[Any]], npt.NDArray[np.int64]]:
        """Rows of the terms at these positions, term after term; factor x weight of each; how many rows a term has."""
        starts, ends = self._starts[at], self._starts[at + 1]
        if not len(at):
            return np.empty(0, np.int32), np.empty(0), ends - starts
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        rows = np.concatenate([self._rows[a:b] for a, b in spans])
        weights = np.concatenate([self._weights[a:b] for a, b in spans]) * np.repeat(factors, ends - starts)
        return rows, weights, ends - starts

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


def derive_index(prefix: str, texts: Sequence[str]) -> Arrays:
    """Arrays of a cosine index over normalised texts; row numbers are positions in `texts`."""
    counts = [terms_of(text) for text in texts]
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, terms in enumerate(counts):
        for term in terms:
            rows_of[term].append(row)
    # A term in too many rows keeps its place with no rows and no weight, so that a query knows it is not a new word.
    idf = {t: _idf(len(texts), len(rows)) if len(rows) <= _bound(t) else 0.0 for t, rows in rows_of.items()}
    norms = [sum(((1 + math.log(n)) * idf[t]) ** 2 for t, n in terms.items()) ** 0.5 or 1.0 for terms in counts]
    weights = {
        t: [(r, (1 + math.log(counts[r][t])) * idf[t] / norms[r]) for r in rows] if idf[t] else []
        for t, rows in rows_of.items()
    }
    encoded = [text.encode() for text in texts]
    keys = np.array([text_key(text) for text in texts], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    return derive_postings(prefix, weights) | {
        f"{prefix}_idf": np.array([idf[t] for _, t in sorted((text_key(t), t) for t in idf)], dtype=np.float32),
        f"{prefix}_text": np.frombuffer(b"".join(encoded), dtype=np.uint8),
        f"{prefix}_text_starts": np.cumsum([0, *map(len, encoded)], dtype=np.int64),
        f"{prefix}_keys": keys[order],
        f"{prefix}_key_rows": order.astype(np.int32),
    }


def _bound(term: str) -> int:
    return MAX_POSTINGS if term.startswith("=") else MAX_TRIGRAM_POSTINGS


def _idf(texts: int, holding: int) -> float:
    return 1.0 + float(np.log((1 + texts) / (1 + holding)))


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of an index most like a text, best first, with their cosine likeness."""

    rows: npt.NDArray[np.int64]
    cosine: npt.NDArray[np.float64]
    new_word: bool  # whether a word of the text stands in no row: mistyped, or not of this list


class TextIndex:
    """A derived cosine index, opened over stored arrays."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        self._postings = Postings(prefix, source)
        self._idf = np.asarray(source.array(f"{prefix}_idf"))
        self._text = np.asarray(source.array(f"{prefix}_text"))
        self._text_starts = np.asarray(source.array(f"{prefix}_text_starts"))
        self._keys = np.asarray(source.array(f"{prefix}_keys"))
        self._key_rows = np.asarray(source.array(f"{prefix}_key_rows"))

    def __len__(self) -> int:
        return len(self._text_starts) - 1

    def text(self, row: int) -> str:
        """The normalised text of a row."""
        return self.texts[row]

    @cached_property
    def texts(self) -> list[str]:
        """The normalised texts of all rows; decoded at once on first use, because every query looks at dozens."""
        whole, starts = self._text.tobytes(), self._text_starts.tolist()
        return [whole[a:b].decode() for a, b in pairwise(starts)]

    @cached_property
    def key_of_row(self) -> Array:
        """The key of each row's text, to tell equal texts by."""
        keys = np.empty_like(self._keys)
        keys[self._key_rows] = self._keys
        return keys

    def exact(self, text: str) -> list[int]:
        """Rows whose text is exactly this normalised text, in order."""
        key = np.uint64(text_key(text))
        low = int(np.searchsorted(self._keys, key, side="left"))
        high = int(np.searchsorted(self._keys, key, side="right"))
        return sorted(row for row in self._key_rows[low:high].tolist() if self.text(row) == text)

    @cached_property
    def listed(self) -> frozenset[str]:
        """The normalised texts of all rows, to tell at once whether a text is one of them."""
        return frozenset(self.texts)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all rows."""
        return frozenset(chain.from_iterable(map(str.split, self.listed)))

    @cached_property
    def _weight_of_word(self) -> dict[str, float]:
        words = sorted(self.words)
        return dict(zip(words, self._idf[self._postings.find(f"={word}" for word in words)[0]].tolist(), strict=True))

    def word_weights(self, text: str) -> dict[str, float]:
        """How much each different word of a normalised text tells; one never seen tells most."""
        most = 1 + math.log(1 + len(self))
        return {
            word: self._weight_of_word.get(word, most) for word in list(dict.fromkeys(text.split()))[:MAX_QUERY_TERMS]
        }

    def search(self, text: str, top: int) -> Hits:
        """The `top` rows by cosine; ties by row, so that equal input gives equal output."""
        return self.search_all([text], top)[0]

    def search_all(self, texts: Sequence[str], top: int) -> list[Hits]:
        """The same for many texts: their terms are looked up together, their rows counted in one place."""
        said = [dict(list(terms_of(text).items())[:MAX_QUERY_TERMS]) for text in texts]
        at, known = self._postings.find(chain.from_iterable(said))
        # A term we never saw still counts in the length: "xylophone nurse" is less sure than "nurse".
        new = 1 + np.log(1 + len(self))
        idf = np.where(known, self._idf[at], new) if len(self._idf) else np.full(len(at), new)
        often = 1 + np.log(np.fromiter(chain.from_iterable(terms.values() for terms in said), dtype=np.float64))
        cosine = np.zeros(len(self), np.float32)  # short, so that clearing and searching it costs little
        hits = []
        end = 0
        for text, terms in zip(texts, said, strict=True):
            start, end = end, end + len(terms)
            query = often[start:end] * idf[start:end]
            query /= np.sqrt(np.square(query).sum()) or 1.0
            met = known[start:end]
            # Words stand before pairs and letters.
            new_word = not (met.any() and met[: len(set(text.split()))].all())
            hits.append(self._likest(at[start:end][met], query[met], cosine, top, new_word=new_word))
        return hits

    def _likest(
        self,
        at: npt.NDArray[np.int64],
        query: npt.NDArray[np.float64],
        cosine: npt.NDArray[np.float32],
        top: int,
        *,
        new_word: bool,
    ) -> Hits:
        """The best rows of one text. `cosine` has a place for each row, zero before and after."""
        met, weights, _ = self._postings.under(at, query.astype(np.float32))
        np.add.at(cosine, met, weights)
        # Rows far below the best are no candidates.
        found = np.flatnonzero(cosine >= max(FAR_BELOW * float(cosine.max(initial=0.0)), LEAST_COSINE))
        near = cosine[found]
        cosine.fill(0.0)
        if len(found) > top:
            kept = near >= np.partition(near, -top)[-top]
            found, near = found[kept], near[kept]
        best = np.lexsort((found, -near))[:top]
        return Hits(found[best], near[best].astype(np.float64), new_word)


def share_found(weights: dict[str, float], name: str) -> float:
    """The part of what was said, rare words counting more, that stands in a name; a letter may be wrong."""
    held = name.split()
    found = sum(w for word, w in weights.items() if any(fuzz.ratio(word, h) >= SAME_WORD_FROM for h in held))
    return found / (sum(weights.values()) or 1.0)
