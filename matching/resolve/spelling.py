"""Words with one slip of the fingers put right: "wlder" is a welder, "gaurd" a guard.

Two words within one slip of each other (a letter left out, put in, replaced, or swapped with its neighbour) become the
same when at most one letter of each is taken out. All words so shortened are listed at install; a word is then put
right by a few look-ups (Garbe 2012). How sure that is follows from how many titles hold each word that is so near.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice

import numpy as np
from rapidfuzz.distance import OSA

from matching.resolve.postings import Array, Arrays, ArraySource, text_key
from matching.resolve.remembered import Remembered
from taxonomy.frozen import frozen
from taxonomy.snapshot import SnapshotError

SHORTEST = 3  # letters; a shorter word is near too many
MOST_LETTERS = 24  # a longer word is no word
LIKELIEST_FROM = 0.5  # share of the titles with any word so near; below it, it is not told which was meant
_NAMES = ("words", "often", "keys", "rows")
KEPT_WORDS = 1 << 13


@frozen
class PutRight:
    """A word as it was meant, and the chance that another was meant instead."""

    word: str
    doubt: float


def derive_spelling(prefix: str, often: Mapping[str, int]) -> Arrays:
    """Arrays of words, in how many titles each stands, and the words shortened by at most a letter.

    A word of none is known, so that it is never put right, and nothing is put right to it.
    """
    words = sorted(word for word in often if SHORTEST <= len(word) <= MOST_LETTERS)
    shortened = sorted((text_key(short), at) for at, word in enumerate(words) for short in _shortened(word))
    return {
        f"{prefix}_words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        f"{prefix}_often": np.array([often[word] for word in words], dtype=np.int32),
        f"{prefix}_keys": np.array([key for key, _ in shortened], dtype=np.uint64),
        f"{prefix}_rows": np.array([at for _, at in shortened], dtype=np.int32),
    }


def _may_be_a_slip(word: str) -> bool:
    return SHORTEST <= len(word) <= MOST_LETTERS and word.isalpha()


def _shortened(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


class Spelling:
    """The derived words, opened over stored arrays."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        try:
            stored = {name: np.asarray(source.array(f"{prefix}_{name}")) for name in _NAMES}
        except SnapshotError:
            # Compiled before words were put right: it lists none, and none is.
            stored = derive_spelling("", {})
            stored = {name: stored[f"_{name}"] for name in _NAMES}
        self._often: Array = stored["often"]
        self._keys: Array = stored["keys"]
        self._rows: Array = stored["rows"]
        self._joined: Array = stored["words"]
        self._read = Remembered(self._all_put_right, KEPT_WORDS)

    @cached_property
    def _words(self) -> list[str]:
        return self._joined.tobytes().decode().split("\n")

    def put_right(self, words: Sequence[str]) -> list[PutRight | None]:
        """Each word as it was meant; None where no listed word, or none that is much likelier than others, is near."""
        return self._read(words)

    def _all_put_right(self, words: Sequence[str]) -> list[PutRight | None]:
        short = [_shortened(word) if _may_be_a_slip(word) else () for word in words]
        # All are looked up at once; it takes as long as for one.
        keys = np.fromiter(map(text_key, chain.from_iterable(short)), dtype=np.uint64)
        lows, highs = (np.searchsorted(self._keys, keys, side=side).tolist() for side in ("left", "right"))
        spans = iter(zip(lows, highs, strict=True))
        return [self._likeliest(word, islice(spans, len(each))) for word, each in zip(words, short, strict=True)]

    def _likeliest(self, word: str, spans: Iterable[tuple[int, int]]) -> PutRight | None:
        rows = {row for low, high in spans if low < high for row in self._rows[low:high].tolist()}
        near = [row for row in sorted(rows) if OSA.distance(word, self._words[row], score_cutoff=1) <= 1]
        often = {row: int(self._often[row]) for row in near}
        if not any(often.values()) or word in (self._words[row] for row in near):
            return None
        best = max(near, key=often.__getitem__)
        share = often[best] / sum(often.values())
        return PutRight(self._words[best], 1 - share) if share >= LIKELIEST_FROM else None
