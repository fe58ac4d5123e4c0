"""Which occupations a title is about, even where it shares no word with any of their titles: latent semantic indexing.

Words that occupations use alike, in their titles and in their tasks, lie near each other in a few dozen dimensions
(Deerwester et al. 1990), so that "presenter" leans towards those who host. The dimensions are found once, at install;
a query adds the vectors of its words and compares the sum with every occupation.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from matching.resolve.postings import Arrays, ArraySource, text_key

DIMENSIONS = 96  # set by hand: enough to tell 1,016 occupations apart, small enough to compare with all of them
TASK_WEIGHT = 0.5  # of a word of a task against one of a title: tasks name tools and places beside the work itself
SEED = 20_260_101


def derive_meaning(
    prefix: str, titles: Iterable[tuple[str, int]], tasks: Iterable[tuple[str, int]], occupations: int
) -> Arrays:
    """Vectors of words and occupations from (normalised text, occupation row) pairs."""
    # Only an install needs them, and they take a second to import.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.decomposition import TruncatedSVD  # noqa: PLC0415

    said: list[Counter[str]] = [Counter() for _ in range(occupations)]
    told: list[Counter[str]] = [Counter() for _ in range(occupations)]
    for text, occupation in titles:
        said[occupation].update(text.split())
    for text, occupation in tasks:
        told[occupation].update(text.split())
    holding = Counter(word for one, other in zip(said, told, strict=True) for word in one | other)
    words = sorted(w for w, n in holding.items() if n > 1)
    at = {word: i for i, word in enumerate(words)}
    idf = np.array([1 + np.log((1 + occupations) / (1 + holding[w])) for w in words])
    rows, columns, cells = [], [], []
    for occupation, (one, other) in enumerate(zip(said, told, strict=True)):
        for word in sorted(one | other):
            if word in at:
                rows.append(occupation)
                columns.append(at[word])
                cells.append((np.log1p(one[word]) + TASK_WEIGHT * np.log1p(other[word])) * idf[at[word]])
    dimensions = min(DIMENSIONS, occupations - 1, len(words) - 1)
    if dimensions < 1:
        return _arrays(prefix, [], np.empty((0, 1)), np.zeros((occupations, 1)))
    use = csr_matrix((cells, (rows, columns)), shape=(occupations, len(words)))
    lengths = np.sqrt(np.asarray(use.multiply(use).sum(axis=1)).ravel())
    use = csr_matrix(use.multiply(1 / np.maximum(lengths, 1e-9)[:, None]))
    svd = TruncatedSVD(dimensions, n_iter=7, random_state=SEED)
    placed = svd.fit_transform(use)
    return _arrays(prefix, words, svd.components_.T * idf[:, None] ** 2, _unit(placed))


def _arrays(prefix: str, words: Sequence[str], vectors: npt.ArrayLike, occupations: npt.ArrayLike) -> Arrays:
    keys = np.array([text_key(word) for word in words], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    return {
        f"{prefix}_keys": keys[order],
        f"{prefix}_words": np.asarray(vectors, dtype=np.float32)[order],
        f"{prefix}_occupations": np.asarray(occupations, dtype=np.float32),
    }


def _unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    unit: npt.NDArray[np.float64] = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return unit


class Meaning:
    """The derived vectors, opened over stored arrays."""

    def __init__(self, prefix: str, source: ArraySource) -> None:
        self._keys = np.asarray(source.array(f"{prefix}_keys"))
        self._words = np.asarray(source.array(f"{prefix}_words"))
        self._occupations = np.asarray(source.array(f"{prefix}_occupations"))

    def likeness(self, text: str) -> npt.NDArray[np.float32]:
        """Per occupation, the cosine with a normalised title; zero everywhere when no word of it is known."""
        keys = np.array([text_key(word) for word in dict.fromkeys(text.split())], dtype=np.uint64)
        if not len(self._keys) or not len(keys):
            return np.zeros(len(self._occupations), np.float32)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        sought = self._words[at[self._keys[at] == keys]].sum(axis=0)
        likeness: npt.NDArray[np.float32] = self._occupations @ (sought / max(1e-9, float(np.linalg.norm(sought))))
        return likeness
