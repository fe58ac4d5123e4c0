"""Which occupation a title names by all its words and letters at once: a linear classifier through a narrow layer.

The nearest titles miss what a title has in common with all titles of an occupation. Each word, pair of neighbouring
words, last word and group of letters has a vector; their weighted sum is compared with a vector for each occupation
(Joulin et al. 2017). Both are learned at install from the titles of the lexicon and, for less, from the tasks, and kept
as bytes. In each round half the terms of each title are left out, so that no single word is relied upon. Several such
models are learned, each from another beginning, and their shares are averaged: alone each is too sure of titles unlike
those it saw. Beginnings and the order of texts are drawn with fixed seeds, so that the same titles give the same
vectors.
"""

from collections.abc import Sequence
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from matching.resolve.postings import Arrays, ArraySource, text_key
from matching.resolve.remembered import Remembered
from matching.resolve.word_lists import kin_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Set by hand, as all here, on held-out titles. One model leaving out half the terms, with letters as good as words, has
# 68.7 % of those like BLS's right at once, and with three tenths left out and letters for half, 66.4 %; several
# together lower the logarithmic loss from 1.40 to 1.29.
MEMBERS = 3
DIMENSIONS = 96
ROUNDS = 6
BATCH = 512
LEAST_STEPS = 240  # of a small lexicon, which is through its rounds in a few
RATE = 0.5
TERMS_LEFT_OUT = 0.5  # share, anew in each round
TASK_WEIGHT = 0.3  # of a task against a title: tasks name tools and places beside the work itself
LETTERS_WEIGHT = 1.0  # of a group of letters against a word
GROUPS_OF = (3, 4)  # letters
HELD_BY = 2  # titles; a term of fewer tells nothing of another title
SEED = 20_260_101
# The vectors of occupations, and of what is said, are rounded to so many steps each way. Sums of products of such whole
# numbers are exact in a short float (below 2 ** 24), so that titles read together give the very bytes of each alone.
FINE, FINEST = 127, 1_023
KEPT_WORDS = 1 << 13  # with their vectors, 1.2 kB each, by a process that answers
LEAST_SHARE = np.float32(1e-9)  # keeps the logarithm of a share finite
_START = 0.1  # spread of the vectors before the first round
_CALM = 1e-3  # keeps the first steps finite


def _word_terms(word: str) -> tuple[str, ...]:
    """The word, then its groups of letters."""
    padded = f"^{word}$"
    return (f"={word}", *(padded[i : i + n] for n in GROUPS_OF for i in range(len(padded) - n + 1)))


def _joint_terms(words: Sequence[str]) -> list[str]:
    """Pairs of neighbours, joined so that "dry cleaner" meets "drycleaner"; the last word, what one is; what is kin."""
    kin = (f"#{kin}" for kin in kin_of(words))
    return [*(f"={a}{b}" for a, b in pairwise(words)), f"{words[-1]}$$", *kin] if words else []


def _weights(terms: int) -> list[float]:
    """Weights of a word's terms."""
    return [1.0] + [LETTERS_WEIGHT] * (terms - 1)


def derive_classifier(
    prefix: str, titles: Sequence[tuple[str, int]], tasks: Sequence[tuple[str, int]], occupations: int
) -> Arrays:
    """Vectors of terms and occupations from (normalised text, occupation row) pairs."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 # what compiles data is not needed to open them

    pairs = [*titles, *tasks]
    terms, use, idf = _design([text for text, _ in pairs])
    named = np.array([occupation for _, occupation in pairs], dtype=np.int64)
    trust = np.array([1.0] * len(titles) + [TASK_WEIGHT] * len(tasks), dtype=np.float32)
    # One thread: sums of several are added in another order on another number of cores, and the bytes would differ.
    with threadpool_limits(1, user_api="blas"):
        learned = [_learn(use, named, trust, occupations, SEED + member) for member in range(MEMBERS)]
    vectors = np.hstack([vectors for vectors, _ in learned])
    keys = np.array([text_key(term) for term in terms], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    scale = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9) / 127
    return {
        f"{prefix}_keys": keys[order],
        f"{prefix}_idf": idf[order],
        f"{prefix}_scale": scale[order].astype(np.float32),
        f"{prefix}_terms": np.rint(vectors / scale[:, None])[order].astype(np.int8),
        f"{prefix}_occupations": np.array([places for _, places in learned]),
        f"{prefix}_base": _usual(named, trust, occupations),
    }


def _design(texts: Sequence[str]) -> "tuple[list[str], csr_matrix, npt.NDArray[np.float32]]":
    """Terms that several texts hold, a row of unit length for each text, and how much each term tells."""
    # Only an install needs it, and it takes its time to import.
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    ids: dict[str, int] = {}
    of_word: dict[str, tuple[list[int], list[float]]] = {}
    columns: list[int] = []
    cells: list[float] = []
    starts = [0]
    for text in texts:
        words = text.split()
        for word in words:
            if word not in of_word:
                terms = _word_terms(word)
                of_word[word] = [ids.setdefault(t, len(ids)) for t in terms], _weights(len(terms))
            columns += of_word[word][0]
            cells += of_word[word][1]
        joint = [ids.setdefault(t, len(ids)) for t in _joint_terms(words)]
        columns += joint
        cells += [1.0] * len(joint)
        starts.append(len(columns))
    at, weights = np.array(columns, dtype=np.int64), np.array(cells, dtype=np.float32)
    row = np.repeat(np.arange(len(texts)), np.diff(starts))
    holding = np.bincount(at[np.unique(row * max(1, len(ids)) + at, return_index=True)[1]], minlength=len(ids))
    kept = np.flatnonzero(holding >= HELD_BY)
    idf = np.where(holding >= HELD_BY, 1 + np.log((1 + len(texts)) / (1 + holding)), 0.0).astype(np.float32)
    weights *= idf[at]
    lengths = np.sqrt(np.bincount(row, weights=np.square(weights), minlength=len(texts)))
    weights /= np.maximum(lengths, 1e-9)[row].astype(np.float32)
    use = csr_matrix((weights, at, starts), shape=(len(texts), len(ids)))
    use.sum_duplicates()
    names = list(ids)
    return [names[i] for i in kept.tolist()], csr_matrix(use[:, kept]), idf[kept]


Vectors = npt.NDArray[np.float32]


def _usual(named: npt.NDArray[np.int64], trust: Vectors, occupations: int) -> Vectors:
    """The logarithm of each occupation's share of all texts: what a text of unknown words is said to name."""
    often = np.bincount(named, weights=trust, minlength=occupations) + 1
    return np.asarray(np.log(often / often.sum()), dtype=np.float32)


def _learn(
    use: "csr_matrix", named: npt.NDArray[np.int64], trust: Vectors, occupations: int, seed: int
) -> tuple[Vectors, Vectors]:
    """Vectors of terms and of occupations, by steps that shrink with what was learned."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - as above

    rng = np.random.default_rng(seed)
    texts, terms = use.shape
    vectors = (rng.standard_normal((terms, DIMENSIONS)) * _START).astype(np.float32)
    places = (rng.standard_normal((DIMENSIONS, occupations)) * _START).astype(np.float32)
    base = _usual(named, trust, occupations)
    moved_vectors = np.full(terms, _CALM, dtype=np.float32)
    moved_places = np.full(places.shape, _CALM, dtype=np.float32)
    place = np.zeros(terms, dtype=np.int32)
    order = np.arange(texts)
    in_round = max(1, -(-texts // BATCH))
    rounds = max(ROUNDS, -(-LEAST_STEPS // in_round)) if texts else 0
    for step in range(rounds * in_round):
        if step % in_round == 0:
            order = rng.permutation(texts)
        drawn = order[step % in_round :: in_round]
        shown = use[drawn]
        kept = rng.random(len(shown.data), dtype=np.float32) >= TERMS_LEFT_OUT
        said = shown.indices[kept]
        # The terms met, in order; a mark for each is quicker than sorting all that was said.
        met = np.zeros(terms, dtype=np.bool_)
        met[said] = True
        columns = np.flatnonzero(met)
        place[columns] = np.arange(len(columns))
        ends = np.concatenate([[0], np.cumsum(kept)])[shown.indptr]
        shown = csr_matrix(
            (shown.data[kept] / np.float32(1 - TERMS_LEFT_OUT), place[said], ends), shape=(len(drawn), len(columns))
        )
        held = vectors[columns]
        narrow = shown @ held
        share = narrow @ places + base
        share = np.exp(share - share.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share[np.arange(len(drawn)), named[drawn]] -= 1
        share *= trust[drawn, None]
        turn = np.asarray(shown.T @ (share @ places.T))
        slope = narrow.T @ share
        rate = np.float32(RATE * (1 - step / (rounds * in_round)))
        moved_places += slope * slope
        places -= rate * slope / np.sqrt(moved_places)
        moved_vectors[columns] += np.square(turn).mean(axis=1)
        vectors[columns] = held - rate * turn / np.sqrt(moved_vectors[columns])[:, None]
    return vectors, places


def _step(vectors: Vectors, axis: int, steps: int) -> Vectors:
    """The size of a step where the longest of each vector's parts takes this many."""
    longest = np.abs(vectors).max(axis=axis, initial=0.0, keepdims=True)
    return np.asarray(np.maximum(longest, LEAST_SHARE) / np.float32(steps))


class Classifier:
    """The derived classifier, opened over stored arrays."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        self._keys = np.asarray(source.array(f"{prefix}_keys"))
        self._idf = np.asarray(source.array(f"{prefix}_idf"))
        self._scale = np.asarray(source.array(f"{prefix}_scale"))
        self._terms = np.asarray(source.array(f"{prefix}_terms"))
        places = np.asarray(source.array(f"{prefix}_occupations"))
        self._places_step = _step(places, 1, FINE)
        self._places = np.rint(places / self._places_step)
        self._base = np.asarray(source.array(f"{prefix}_base"))
        # Words recur from title to title.
        self._of_words = Remembered(self._words, KEPT_WORDS)

    def log_shares(self, texts: Sequence[str]) -> Vectors:
        """A row for each normalised text: the logarithm of each occupation's share."""
        many, (members, wide, _) = len(texts), self._places.shape
        said = np.ascontiguousarray(self._narrow(texts).reshape(many, members, wide).transpose(1, 0, 2))
        step = _step(said, 2, FINEST)
        utility = (np.rint(said / step) @ self._places) * (step * self._places_step) + self._base
        share = np.exp(utility - utility.max(axis=2, keepdims=True))
        mean = (share / (share.sum(axis=2, keepdims=True) * np.float32(members))).sum(axis=0)
        return np.asarray(np.log(np.maximum(mean, LEAST_SHARE)), dtype=np.float32)

    def _narrow(self, texts: Sequence[str]) -> Vectors:
        """A row of unit weight for each text: the sum of what its words say, alone and together."""
        said = [text.split() for text in texts]
        parts = self._together([(terms, [1.0] * len(terms)) for terms in map(_joint_terms, said)])
        of_word = iter(self._of_words(list(chain.from_iterable(said))))
        if not texts:
            return np.zeros((0, self._terms.shape[1]), dtype=np.float32)
        told: list[tuple[Vectors, float]] = []
        starts = []
        for row, words in enumerate(said):
            starts.append(len(told))
            told += (parts[row], *islice(of_word, len(words)))
        # Added along each text's own rows in their order, so that a text in a list and the same alone give equal bytes.
        rows = np.add.reduceat(np.stack([vector for vector, _ in told]), starts, axis=0)
        squares = np.add.reduceat([square for _, square in told], starts)
        lengths = np.sqrt(squares).astype(np.float32)
        return np.asarray(rows / np.where(lengths > 0, lengths, np.float32(1))[:, None], dtype=np.float32)

    def _words(self, words: Sequence[str]) -> list[tuple[Vectors, float]]:
        return self._together([(terms, _weights(len(terms))) for terms in map(_word_terms, words)])

    def _together(self, sets: Sequence[tuple[Sequence[str], Sequence[float]]]) -> list[tuple[Vectors, float]]:
        """For each set of terms the weighted sum of their vectors, and the square of its length before the layer."""
        keys = np.fromiter((text_key(term) for terms, _ in sets for term in terms), dtype=np.uint64)
        weights = np.fromiter(chain.from_iterable(weights for _, weights in sets), dtype=np.float32)
        if not len(self._keys):
            return [(np.zeros(self._terms.shape[1], np.float32), 0.0) for _ in sets]
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys.take(at) == keys
        at, heard = at[known], self._idf.take(at[known]) * weights[known]
        told = self._terms.take(at, axis=0).astype(np.float32)
        told *= (heard * self._scale.take(at))[:, None]
        of_set = np.repeat(np.arange(len(sets)), [len(terms) for terms, _ in sets])[known]
        met, starts = np.unique(of_set, return_index=True)
        vectors = np.zeros((len(sets), self._terms.shape[1]), dtype=np.float32)
        squares = np.bincount(of_set, weights=np.square(heard), minlength=len(sets))
        if len(met):
            vectors[met] = np.add.reduceat(told, starts, axis=0)
        # Each in an array of its own: a part of a larger one would keep the whole in memory.
        return [(vector.copy(), square) for vector, square in zip(vectors, squares.tolist(), strict=True)]


def highest(values: npt.NDArray[np.floating[Any]], met: npt.NDArray[np.bool_], most: int) -> npt.NDArray[np.int64]:
    """The occupations with the highest values, of the titles that met any listed one, numbered through."""
    most = min(most, values.shape[1])
    least = np.partition(values, -most, axis=1)[:, -most]
    # Whatever is as high as the last of them belongs to them: which of equals stands first is chance.
    least[~met] = np.inf
    return np.flatnonzero(values >= least[:, None])
