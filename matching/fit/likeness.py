"""How alike occupations are: matrices of one number per ordered pair, origin by destination.

Everything here is read from what a snapshot holds of the occupations themselves: ratings, titles, technologies and,
where the edition gives them, task statements. O*NET's table of related occupations is never read here.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from taxonomy.snapshot import Contents

Matrix = npt.NDArray[np.float32]
Terms = list[list[str]]

RATED_KINDS = ("skill", "knowledge")  # abilities add nothing on occupations held out, and the starter set has none
LATENT = (50, 200)  # dimensions in which words that keep the same company count as one

_WORD = re.compile(r"[a-z]{2,}")
_ENDINGS = ("ers", "ors", "ings", "ing", "ies", "es", "er", "or", "s", "y")
_PLAIN_TITLES = frozenset({"occupation", "lexicon"})


def rated_rows(contents: Contents) -> npt.NDArray[np.intp]:
    """Rows of the occupations that have ratings, their own or a sibling's."""
    need = contents.arrays["need"]
    return np.flatnonzero(~np.isnan(need).any(axis=1))


def list_likenesses(contents: Contents) -> dict[str, Matrix]:
    """Every likeness this snapshot can tell, by name, over its rated occupations. Larger is more alike."""
    rows = rated_rows(contents)
    return _of_ratings(contents, rows) | _of_words(contents, rows)


def _of_ratings(contents: Contents, rows: npt.NDArray[np.intp]) -> dict[str, Matrix]:
    kinds = np.array([d.kind for d in contents.tables["descriptors"]])
    need = contents.arrays["need"][rows].astype(np.float32)
    importance = contents.arrays["importance"][rows].astype(np.float32)
    found: dict[str, Matrix] = {}
    for kind in RATED_KINDS:
        found[f"level_{kind}"] = cosine(_centred(need[:, kinds == kind]))
        found[f"importance_{kind}"] = cosine(_centred(importance[:, kinds == kind]))
    used = np.isin(kinds, RATED_KINDS)
    weight = np.maximum(np.float32(0.0), importance[:, used] - 1)  # importance 1 is "not important": weighs nothing
    weight /= np.maximum(weight.sum(axis=1, keepdims=True), np.float32(1e-6))
    level = need[:, used]
    gap = np.stack([(np.maximum(np.float32(0.0), level - own) * weight).sum(axis=1) for own in level])
    # A gap is a distance; its negative is a likeness. `no_surplus` is the gap of the way back.
    return found | {"no_gap": -gap, "no_surplus": -gap.T}


def _of_words(contents: Contents, rows: npt.NDArray[np.intp]) -> dict[str, Matrix]:
    occupations = contents.tables["occupations"]
    codes = [occupations[row].onet_code for row in rows]

    def gather(pairs: Iterable[tuple[str, str]], analyse: Callable[[str], Sequence[str]]) -> Terms:
        terms: defaultdict[str, list[str]] = defaultdict(list)
        for code, text in pairs:
            terms[code] += analyse(text)
        return [terms[code] for code in codes]

    titles = [(t.onet_code, t.text.lower()) for t in contents.tables["titles"]]
    plain = [(t.onet_code, t.text.lower()) for t in contents.tables["titles"] if t.kind in _PLAIN_TITLES]
    technologies = [(t.onet_code, t.technology) for t in contents.tables["technologies"]]
    tasks = [(t.onet_code, t.text.lower()) for t in contents.tables.get("tasks", ())]
    names = [(o.onet_code, o.title.lower()) for o in occupations]
    found = {
        "technologies": overlap(gather(technologies, lambda text: [text])),
        "name": overlap(gather(names, _letters)),
        "everyday_titles": overlap(gather(plain, _words)),
    }
    if len(titles) > len(plain):
        found |= {
            "same_titles": overlap(gather(titles, lambda text: [text])),
            "title_modifiers": overlap(gather(titles, lambda text: _words(re.split(r"[,(]", text)[0])[:-1])),
            "title_pairs": overlap(gather(titles, lambda text: [f"{a} {b}" for a, b in pairwise(_words(text))])),
            **_with_latent("titles", overlap(gather(titles, _words))),
        }
        if tasks:
            found |= _with_latent("tasks", overlap(gather(tasks, _words)))
            found |= _with_latent("titles_and_tasks", overlap(gather([*titles, *tasks], _words)))
    return found


def _with_latent(name: str, likeness: Matrix) -> dict[str, Matrix]:
    """A likeness of words, and the same in few dimensions, where "nurse" and "patient" are near."""
    values, vectors = np.linalg.eigh(likeness.astype(np.float64))
    scaled = vectors * np.sqrt(np.maximum(0.0, values))
    return {name: likeness} | {f"{name}_{k}": cosine(scaled[:, -k:]) for k in LATENT}


def _words(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    """The word without a common ending: "welders", "welder" and "welding" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _letters(text: str) -> list[str]:
    """Runs of three to five letters within words, their edges marked."""
    padded = [f" {word} " for word in _WORD.findall(text)]
    return [word[i : i + n] for word in padded for n in (3, 4, 5) for i in range(len(word) - n + 1)]


def overlap(documents: Terms) -> Matrix:
    """Cosine of TF-IDF with damped counts; 0 where an occupation has no terms."""
    # A second of import that only an install and a fit pay: serving reads what they stored.
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    if not any(documents):
        return np.zeros((len(documents), len(documents)), np.float32)
    counted = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform(documents)
    likeness: Matrix = (counted @ counted.T).toarray().astype(np.float32)
    return likeness


def cosine(rows: npt.NDArray[np.floating]) -> Matrix:
    """Cosine of every row with every row; 0 for a row of zeros."""
    unit = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    likeness: Matrix = (unit @ unit.T).astype(np.float32)
    return likeness


def _centred(rows: Matrix) -> Matrix:
    """Rows less their mean: what sets an occupation apart. Levels alone are all alike (cosines near 1)."""
    centred: Matrix = rows - rows.mean(axis=0)
    return centred
