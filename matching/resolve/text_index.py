"""A cosine index over short texts that follows the rows words are like, and not each group of letters of them.

A title holds some twenty groups of letters, and each stands in hundreds of rows: to follow them all took a third of the
time of a query, for rows of which one in two hundred was kept. So at install each word gets a list of the rows it is
like: what its groups of letters say together, without the rows it is hardly like. A query adds up the lists of its
words; a word that no row has is followed by its groups of letters. Against following all, of 2,000 labelled vacancies
and 5,000 titles with noise each figure stayed within a fifth of a point.
"""

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from matching.resolve.index_derivation import LISTS, NO_LIST
from matching.resolve.postings import Array, ArraySource, Postings, letter_groups, text_key
from taxonomy.frozen import frozen
from taxonomy.snapshot import SnapshotError

# Beyond this many terms a text is a paragraph, and its first words say what it is about.
MAX_QUERY_TERMS = 160
SAME_WORD_FROM = 85  # rapidfuzz ratio, 0-100: one letter of seven may be wrong
LEAST_SCORE = 1e-9
FAR_BELOW = 0.3  # share of the best row's cosine under which a row is left out
_UNKNOWN = -1
_GREATEST = np.int32(2**31 - 1)
# Texts read at once: more take more memory than is near, and are no faster. Their number, a score's 31 bits and a row
# stand side by side in one number of 63 bits.
_AT_ONCE = 16
_SCORE_AT = 27
_TEXT_AT = _SCORE_AT + 31


@frozen
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
        try:
            lists = {name: np.asarray(source.array(f"{prefix}_{name}")) for name in LISTS}
        except SnapshotError:
            # Compiled before words had lists: each is followed by its groups of letters, which takes its time.
            none = (
                np.square(self._idf),
                np.full(len(self._idf), NO_LIST),
                np.zeros(1, np.int64),
                self._idf,
                self._idf,
            )
            lists = dict(zip(LISTS, none, strict=True))
        self._square, self._list_of, bounds, self._list_rows, self._list_weights = lists.values()
        self._list_bounds: list[int] = bounds.tolist()

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
    def _with_list(self) -> frozenset[str]:
        return self.words if len(self._list_bounds) > 1 else frozenset()

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
        lists = np.where(known, self._list_of[at], NO_LIST) if len(self._idf) else np.full(len(at), NO_LIST)
        places, listed = np.where(known, at, _UNKNOWN).tolist(), lists.tolist()
        parts, lengths, new_words = [], [], []
        end = 0
        for words, asked in zip(said, terms, strict=True):
            start, end = end, end + len(asked)
            parts.append(self._parts(len(words), places[start:end], listed[start:end]))
            lengths.append(math.sqrt(squares[start:end].sum()) or 1.0)
            # Words stand before pairs and letters.
            new_words.append(not asked or _UNKNOWN in places[start : start + len(words)])
        score = np.zeros(min(len(texts), _AT_ONCE) * len(self), np.float32)
        likest: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]] = []
        for start in range(0, len(texts), _AT_ONCE):
            likest += _likest(parts[start : start + _AT_ONCE], score, len(self), top)
        return [
            Hits(rows, told / length, new_word)
            for (rows, told), length, new_word in zip(likest, lengths, new_words, strict=True)
        ]

    def _terms(self, text: str, words: Sequence[str]) -> list[str]:
        """What to look up of a text: its words, pairs of neighbours, and the letters of words that no row has."""
        terms = dict.fromkeys(f"={word}" for word in words)
        terms |= dict.fromkeys(f"={a}{b}" for a, b in pairwise(text.split()))
        if not self._with_list.issuperset(words):
            apart = (word for word in words if word not in self._with_list)
            terms |= dict.fromkeys(chain.from_iterable(map(letter_groups, apart)))
        return list(terms)[:MAX_QUERY_TERMS]

    def _parts(self, words: int, places: Sequence[int], lists: Sequence[int]) -> list[tuple[Array, Array]]:
        """Rows and weights to add up: the lists of the words, which stand first, and what holds the other terms."""
        parts: list[tuple[Array, Array]] = []
        for number, (place, listed) in enumerate(zip(places, lists, strict=True)):
            if number < words and listed != NO_LIST:
                low, high = self._list_bounds[listed : listed + 2]
                parts.append((self._list_rows[low:high], self._list_weights[low:high]))
            elif place != _UNKNOWN:
                rows, weights = self._postings.held(place)
                parts.append((rows, weights * self._idf[place]))
        return parts


def _likest(
    parts: Sequence[Sequence[tuple[Array, Array]]], score: npt.NDArray[np.float32], wide: int, top: int
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]]:
    """For each text the rows of which its parts tell most, and how much.

    `score` has a place for each row (there are `wide`) of each text, zero before and after.
    """
    each = np.array([sum(len(rows) for rows, _ in of_text) for of_text in parts], dtype=np.int64)
    told_of = list(chain.from_iterable(parts))
    if not each.any():
        return [(np.empty(0, np.int64), np.empty(0))] * len(parts)
    # numpy looks places up by long numbers in a fraction of the time it takes with short ones.
    rows = np.concatenate([rows for rows, _ in told_of], dtype=np.int64)
    text = np.repeat(np.arange(len(parts)), each)
    place = text * wide + rows
    np.add.at(score, place, np.concatenate([weights for _, weights in told_of], dtype=np.float32))
    told = score.take(place)
    score[place] = 0.0
    # Rows far below the best of a text are no candidates.
    least, some = np.full(len(parts), LEAST_SCORE), np.flatnonzero(each)
    most = np.maximum.reduceat(told, (np.cumsum(each) - each)[some]).astype(np.float64)
    least[some] = np.maximum(FAR_BELOW * most, LEAST_SCORE)
    near = np.flatnonzero(told >= np.repeat(least.astype(np.float32), each))
    # What tells more has the greater bits, for no score is below zero: one number orders by text, score and row.
    bits = (_GREATEST - told.take(near).view(np.int32)).astype(np.int64)
    keys = np.sort((text.take(near) << _TEXT_AT) | (bits << _SCORE_AT) | rows.take(near))
    # A row is met by each part at most once.
    once = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=once[1:])
    keys = keys[once]
    found = keys & ((1 << _SCORE_AT) - 1)
    scores = (_GREATEST - ((keys >> _SCORE_AT) & int(_GREATEST))).astype(np.int32).view(np.float32).astype(np.float64)
    starts = np.searchsorted(keys, np.arange(len(parts) + 1) << _TEXT_AT).tolist()
    return [(found[a : min(b, a + top)], scores[a : min(b, a + top)]) for a, b in pairwise(starts)]


def share_found(weights: dict[str, float], name: str) -> float:
    """The part of what was said, rare words counting more, that stands in a name; a letter may be wrong."""
    held = name.split()
    found = sum(w for word, w in weights.items() if any(fuzz.ratio(word, h) >= SAME_WORD_FROM for h in held))
    return found / (sum(weights.values()) or 1.0)
