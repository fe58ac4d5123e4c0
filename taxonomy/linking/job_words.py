"""How like a text is to the titles of each occupation, and to the names of other courses."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = npt.NDArray[np.float32]

_AT_ONCE = 500  # texts compared at a time: their likenesses to 60,000 titles then take some tens of MB
# Said of any course: they tell none from another, though some of them stand in job titles.
_OF_ANY_COURSE = re.compile(
    r"\b(associates?|bachelors?|master'?s?|doctor)('?s)?\b( of| in)?( applied| general)?( sciences?| arts?)?\b|"
    r"\b(certif\w+|programs?|courses?|training|degree|levels?|diploma|intro\w*|basic|fundamentals?|"
    r"advanced|online|hybrid|award|class|exam|prep\w*|aas|a\.a\.s\.?|ccc|osa|esc|apprentice\w*|specialization|"
    r"an?|and|at|by|for|in|of|on|or|the|to|with)\b"
)
_ENDINGS = re.compile(r"((ing|er|or|ian|ist|ant|ion|al)s?|ies|y|es|e|s)$")
_SHORTEST_STEM = 4


def stems(text: str) -> list[str]:
    """Words of a course or a job without what inflects them: "welding" and "welders" are both "weld"."""
    words = re.findall(r"[a-z0-9+#]+", _OF_ANY_COURSE.sub(" ", text.lower()))
    return [_stem(word) for word in words if len(word) > 1]


def _stem(word: str) -> str:
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word


class Words:
    """Texts as weighted words, to be compared with others: the cosine of TF-IDF vectors, 0-1."""

    def __init__(self, texts: Sequence[str], groups: Sequence[int], n_groups: int) -> None:
        """Index `texts`; each belongs to a group (an occupation has many titles), and the likest of a group counts."""
        # Imported here, for only an install compares texts and every command would wait for it.
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        self._vectors = TfidfVectorizer(analyzer=stems, sublinear_tf=True, dtype=np.float32)
        self._texts: csr_matrix = self._vectors.fit_transform(texts).T.tocsr()
        self._groups = np.asarray(groups, np.int64)
        self._n_groups = n_groups

    def likeness(self, texts: Iterable[str]) -> Floats:
        """Texts x groups: how like the likest text of each group is."""
        asked = list(texts)
        found = np.zeros((len(asked), self._n_groups), np.float32)
        if not asked:
            return found
        vectors: Any = self._vectors.transform(asked)
        for start in range(0, len(asked), _AT_ONCE):
            product = (vectors[start : start + _AT_ONCE] @ self._texts).tocsr()
            for row in range(product.shape[0]):
                span = slice(product.indptr[row], product.indptr[row + 1])
                np.maximum.at(found[start + row], self._groups[product.indices[span]], product.data[span])
        return found
