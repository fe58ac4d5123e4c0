"""A cosine index over short texts, derived at install: what each term tells of each row, and the list of each word."""

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

import numpy as np

from matching.resolve.postings import Array, Arrays, Postings, derive_postings, letter_groups, terms_of, text_key
from taxonomy.frozen import frozen

# A term in more rows than this costs much to follow and tells little: "er$" is in every fourth title. A word that
# many titles hold still says what somebody is ("operator"), so its bound is wider.
MAX_POSTINGS = 12_000
MAX_TRIGRAM_POSTINGS = 2_500
LIKE_FROM = 0.2  # cosine of a row with a word alone, from which it is in the list of that word; set by hand
LISTS = ("square", "list_of", "list_starts", "list_rows", "list_weights")
NO_LIST = -1
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
    list_of = np.full(len(idf), NO_LIST, dtype=np.int32)
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


@frozen
class _Derived:
    """Arrays just derived, read as a snapshot's are."""

    arrays: Arrays

    def array(self, name: str) -> Array:
        return self.arrays[name]
