"""A cosine index over short texts that follows the rows words are like, and not each group of letters of them.

A title holds some twenty groups of letters, and each stands in hundreds of rows: to follow them all took a third of the
time of a query, for rows of which one in two hundred was kept. So at install each word gets a list of the rows it is
like: what its groups of letters say together, without the rows it is hardly like. A query adds up the lists of its
words; a word that no row has is followed by its groups of letters. Against following all, of 2,000 labelled vacancies
and 5,000 titles with noise each figure stayed within a fifth of a point.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from matching.resolve.postings import (
    Array,
    Arrays,
    ArraySource,
    Postings,
    derive_postings,
    letter_groups,
    terms_of,
    text_key,
)

# A term in more rows than this costs much to follow and tells little: "er$" is in every fourth title. A word that
# many titles hold still says what somebody is ("operator"), so its bound is wider.
MAX_POSTINGS = 12_000
MAX_TRIGRAM_POSTINGS = 2_500
# Beyond this many terms a text is a paragraph, and its first words say what it is about.
MAX_QUERY_TERMS = 160
SAME_WORD_FROM = 85  # rapidfuzz ratio, 0-100: one letter of seven may be wrong
LEAST_SCORE = 1e-9
FAR_BELOW = 0.3  # share of the best row's cosine under which a row is left out
LIKE_FROM = 0.15  # cosine of a row with a word alone, from which it is in the list of that word; set by hand
_NO_LIST = -1
_UNKNOWN = -1
_GREATEST = np.int32(2**31 - 1)
_ROW_BITS = 32
_ROW = (1 << _ROW_BITS) - 1
_BLOCK = 256  # words whose lists are made at a time


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
    postings = derive_postings(prefix, weights)
    told = np.array([idf[t] for _, t in sorted((text_key(t), t) for t in idf)], dtype=np.float32)
    words = sorted(set(chain.from_iterable(map(str.split, texts))))
    return (
        postings
        | _derive_lists(prefix, postings, told, words, len(texts))
        | {
            f"{prefix}_idf": told,
            f"{prefix}_text": np.frombuffer(b"".join(encoded), dtype=np.uint8),
            f"{prefix}_text_starts": np.cumsum([0, *map(len, encoded)], dtype=np.int64),
            f"{prefix}_keys": keys[order],
            f"{prefix}_key_rows": order.astype(np.int32),
        }
    )


def _bound(term: str) -> int:
    return MAX_POSTINGS if term.startswith("=") else MAX_TRIGRAM_POSTINGS


def _idf(texts: int, holding: int) -> float:
    return 1.0 + float(np.log((1 + texts) / (1 + holding)))


def _derive_lists(prefix: str, postings: Arrays, idf: Array, words: Sequence[str], many: int) -> Arrays:
    """For each word the rows it is like, and how much; the list of each term that is a word, -1 of the others.

    The square of a term's part in the length of a text is that of a word with its letters, where it is one.
    """
    # Only an install needs it, and it takes its time to import.
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    found = Postings(prefix, _Derived(postings))
    list_of = np.full(len(idf), _NO_LIST, dtype=np.int32)
    list_of[found.find(f"={word}" for word in words)[0]] = np.arange(len(words))
    cells = (postings[f"{prefix}_weights"], postings[f"{prefix}_rows"], postings[f"{prefix}_starts"])
    rows_of_terms = csr_matrix(cells, shape=(len(idf), many))
    starts, rows, weights = [np.zeros(1, np.int64)], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    squares = [np.empty(0, np.float32)]
    for start in range(0, len(words), _BLOCK):
        said = [(f"={word}", *dict.fromkeys(letter_groups(word))) for word in words[start : start + _BLOCK]]
        at, _ = found.find(chain.from_iterable(said))
        ends = np.cumsum([0, *map(len, said)])
        alone = np.sqrt(np.add.reduceat(np.square(idf[at]), ends[:-1]))
        like = csr_matrix((idf[at], at, ends), shape=(len(said), len(idf))) @ rows_of_terms
        like.sort_indices()
        kept = like.data >= LIKE_FROM * np.repeat(alone, np.diff(like.indptr))
        rows.append(like.indices[kept].astype(np.int32))
        weights.append(like.data[kept].astype(np.float32))
        starts.append(starts[-1][-1] + np.concatenate([[0], np.cumsum(kept)])[like.indptr[1:]])
        squares.append(np.square(alone))
    square = np.square(idf)
    square[list_of >= 0] = np.concatenate(squares)[list_of[list_of >= 0]]
    return {
        f"{prefix}_square": square.astype(np.float32),
        f"{prefix}_list_of": list_of,
        f"{prefix}_list_starts": np.concatenate(starts),
        f"{prefix}_list_rows": np.concatenate(rows),
        f"{prefix}_list_weights": np.concatenate(weights),
    }


@dataclass(frozen=True, slots=True)
class _Derived:
    """Arrays just derived, read as a snapshot's are."""

    arrays: Arrays

    def array(self, name: str) -> Array:
        return self.arrays[name]


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
        self._square = np.asarray(source.array(f"{prefix}_square"))
        self._text = np.asarray(source.array(f"{prefix}_text"))
        self._text_starts = np.asarray(source.array(f"{prefix}_text_starts"))
        self._keys = np.asarray(source.array(f"{prefix}_keys"))
        self._key_rows = np.asarray(source.array(f"{prefix}_key_rows"))
        self._list_of = np.asarray(source.array(f"{prefix}_list_of"))
        self._list_bounds = np.asarray(source.array(f"{prefix}_list_starts")).tolist()
        self._list_rows = np.asarray(source.array(f"{prefix}_list_rows"))
        self._list_weights = np.asarray(source.array(f"{prefix}_list_weights"))

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
        said = [list(dict.fromkeys(text.split())) for text in texts]
        terms = [self._terms(text, words) for text, words in zip(texts, said, strict=True)]
        at, known = self._postings.find(chain.from_iterable(terms))
        # A term we never saw still counts in the length: "xylophone nurse" is less sure than "nurse".
        new = 1 + np.log(1 + len(self))
        squares = np.where(known, self._square[at], new**2) if len(self._idf) else np.full(len(at), new**2)
        lists = np.where(known, self._list_of[at], _NO_LIST) if len(self._idf) else np.full(len(at), _NO_LIST)
        places, listed = np.where(known, at, _UNKNOWN).tolist(), lists.tolist()
        score = np.zeros(len(self), np.float32)
        hits = []
        end = 0
        for words, asked in zip(said, terms, strict=True):
            start, end = end, end + len(asked)
            # Words stand before pairs and letters.
            new_word = not asked or _UNKNOWN in places[start : start + len(words)]
            rows, told = _likest(self._parts(len(words), places[start:end], listed[start:end]), score, top)
            length = math.sqrt(squares[start:end].sum()) or 1.0
            hits.append(Hits(rows, told / length, new_word))
        return hits

    def _terms(self, text: str, words: Sequence[str]) -> list[str]:
        """What to look up of a text: its words, pairs of neighbours, and the letters of words that no row has."""
        terms = dict.fromkeys(f"={word}" for word in words)
        terms |= dict.fromkeys(f"={a}{b}" for a, b in pairwise(text.split()))
        if not self.words.issuperset(words):
            terms |= dict.fromkeys(chain.from_iterable(letter_groups(word) for word in words if word not in self.words))
        return list(terms)[:MAX_QUERY_TERMS]

    def _parts(self, words: int, places: Sequence[int], lists: Sequence[int]) -> list[tuple[Array, Array]]:
        """Rows and weights to add up: the lists of the words, which stand first, and what holds the other terms."""
        parts: list[tuple[Array, Array]] = []
        for number, (place, listed) in enumerate(zip(places, lists, strict=True)):
            if number < words and listed != _NO_LIST:
                low, high = self._list_bounds[listed : listed + 2]
                parts.append((self._list_rows[low:high], self._list_weights[low:high]))
            elif place != _UNKNOWN:
                rows, weights = self._postings.held(place)
                parts.append((rows, weights * self._idf[place]))
        return parts


def _likest(
    parts: Sequence[tuple[Array, Array]], score: npt.NDArray[np.float32], top: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The rows of which the parts tell most, and how much. `score` has a place for each row, zero before and after."""
    if not parts:
        return np.empty(0, np.int64), np.empty(0)
    rows_of, weights_of = zip(*parts, strict=True)
    # numpy looks places up by long numbers in a fraction of the time it takes with short ones.
    rows = np.concatenate(rows_of, dtype=np.int64)
    np.add.at(score, rows, np.concatenate(weights_of, dtype=np.float32))
    told = score.take(rows)
    score[rows] = 0.0
    # What tells more has the greater bits, for no score is below zero: one number orders by score, then by row.
    keys = ((_GREATEST - told.view(np.int32)).astype(np.int64) << _ROW_BITS) | rows
    # A row is met by each part at most once.
    most = top * len(parts)
    keys = np.sort(np.partition(keys, most)[:most] if len(keys) > most else keys)
    once = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=once[1:])
    keys = keys[once][:top]
    told = (_GREATEST - (keys >> _ROW_BITS)).astype(np.int32).view(np.float32)
    # Rows far below the best are no candidates.
    near = told >= max(FAR_BELOW * float(told.max(initial=0.0)), LEAST_SCORE)
    return (keys & _ROW)[near], told[near].astype(np.float64)


def share_found(weights: dict[str, float], name: str) -> float:
    """The part of what was said, rare words counting more, that stands in a name; a letter may be wrong."""
    held = name.split()
    found = sum(w for word, w in weights.items() if any(fuzz.ratio(word, h) >= SAME_WORD_FROM for h in held))
    return found / (sum(weights.values()) or 1.0)
