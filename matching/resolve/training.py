"""Fits `title_model.json`: weights of the title features, and how sure the first SOC occupation is.

Examples come from the lexicon itself: alternate titles held out of the index (words we have not seen), and titles in
the index with seeded noise of every kind (words we have seen, mistyped, left out or with more around them). Labelled
evaluation titles have no way in: the only input is a snapshot's titles, and a kind other than the lexicon's own is
refused.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from matching.resolve.generated import TITLE_NOISE, cases
from matching.resolve.noise import intake_noise
from matching.resolve.postings import Array, Arrays
from matching.resolve.title_candidates import Candidates, Heard, derive_titles
from matching.resolve.title_forms import spellings
from matching.resolve.title_model import CERTAINTY, FEATURES, TitleModel
from matching.resolve.titles import TitleIndex
from taxonomy.frozen import frozen
from taxonomy.occupations import Occupation, TaskStatement, Title

LEXICON_KINDS = frozenset({"occupation", "alternate", "reported", "lexicon"})
SEED = 20_260_101
HELD_OUT = 5_000
NOISED = 1_200  # of each kind of noise
RIDGE = 1e-3
ITERATIONS = 40
CERTAINTY_C = 1.0


@frozen
class _ArrayStore:
    """Arrays in memory, read as a snapshot's are."""

    arrays: Arrays

    def array(self, name: str) -> Array:
        return self.arrays[name]


@frozen
class _Query:
    """Words as heard, the occupations (rows) they name, and the one that this person means."""

    heard: Heard
    named: AbstractSet[int]
    meant: int


@frozen
class _Examples:
    """Titles whose occupations are known, and their candidates."""

    queries: Sequence[_Query]
    found: Candidates
    right: npt.NDArray[np.bool_]  # candidates the title names


def _refuse_other_kinds(titles: Sequence[Title]) -> None:
    other = {t.kind for t in titles} - LEXICON_KINDS
    if other:
        raise ValueError(f"titles of kind {', '.join(sorted(other))} may not enter a fit")


def _draw(
    titles: Sequence[Title], occupations: Sequence[Occupation], tasks: Sequence[TaskStatement], rng: random.Random
) -> tuple[TitleIndex, list[_Query]]:
    """Held-out and noised titles with the occupations each names, and an index that has not seen the held-out ones."""
    row_of = {o.onet_code: row for row, o in enumerate(occupations)}
    named: defaultdict[str, set[int]] = defaultdict(set)
    for title in titles:
        for words in spellings(title.text):
            named[words].add(row_of[title.onet_code])
    alternates = sorted({words for t in titles if t.kind == "alternate" for words in spellings(t.text)})
    held = set(rng.sample(alternates, min(HELD_OUT, len(alternates) // 10)))
    seen = [t for t in titles if held.isdisjoint(spellings(t.text))]
    employment = np.array([np.nan if o.employment is None else o.employment for o in occupations], dtype=np.float64)
    flat = TitleModel((0.0,) * len(FEATURES), (0.0,) * len(CERTAINTY), 0.0)
    index = TitleIndex(_ArrayStore(derive_titles(seen, occupations, tasks)), employment, flat)
    # A person has one of the occupations that a title names; drawing it keeps shared titles from looking sure.
    queries = [_Query(Heard(words), named[words], rng.choice(sorted(named[words]))) for words in sorted(held)]
    codes = {t.text: tuple(occupations[row].onet_code for row in sorted(named[spellings(t.text)[0]])) for t in seen}
    for noise in (intake_noise, *TITLE_NOISE.values()):
        for case in cases(codes, noise, NOISED, SEED):
            (heard,), rows = index.heard([case.text]), {row_of[code] for code in case.codes}
            # What the noise made the very title of other work says that, and not what was meant.
            if heard.put_right or heard.words not in named or not rows.isdisjoint(named[heard.words]):
                queries.append(_Query(heard, rows, row_of[case.meant or case.codes[0]]))
    rng.shuffle(queries)
    return index, queries


def _examples(index: TitleIndex, queries: Sequence[_Query]) -> _Examples:
    found = index.find([query.heard for query in queries])
    right = [row in queries[at].named for at, row in zip(found.title.tolist(), found.occupations.tolist(), strict=True)]
    return _Examples(queries, found, np.array(right, dtype=np.bool_))


def _fit_weights(examples: _Examples) -> npt.NDArray[np.float64]:
    """Maximum likelihood of "a right occupation is chosen", by damped Newton steps on the expected curvature."""
    title, x = examples.found.title, examples.found.features
    some, of_all = (np.bincount(title, weights=w) for w in (examples.right, np.ones(len(title))))
    told = ((some > 0) & (some < of_all))[title]  # the others tell nothing of what to choose
    title, x, right = title[told], x[told], examples.right[told]
    starts = np.flatnonzero(np.concatenate([[True], title[1:] != title[:-1]]))
    each = np.diff(np.append(starts, len(title)))
    weights = np.zeros(x.shape[1])
    for _ in range(ITERATIONS):
        utility = x @ weights
        share = np.exp(utility - np.repeat(np.maximum.reduceat(utility, starts), each))
        share /= np.repeat(np.add.reduceat(share, starts), each)
        target = np.where(right, share, 0.0)
        target /= np.repeat(np.add.reduceat(target, starts), each)
        mean = np.add.reduceat(x * share[:, None], starts)
        gradient = x.T @ (target - share) - 2 * RIDGE * len(starts) * weights
        curvature = (x.T * share) @ x - mean.T @ mean + 2 * RIDGE * len(starts) * np.eye(len(weights))
        weights = weights + 0.7 * np.linalg.solve(curvature, gradient)
    return weights


def _fit_certainty(
    index: TitleIndex, examples: _Examples, soc: npt.NDArray[np.str_]
) -> tuple[npt.NDArray[np.float64], float]:
    """The line on what tells of certainty that says whether the first SOC occupation is the one meant."""
    found = examples.found
    firsts = index.firsts(found, index.shares(found))
    told = index.told_of_certainty([query.heard for query in examples.queries], found, firsts)
    meant = np.array([query.meant for query in examples.queries])
    hits = soc[found.occupations[firsts.place]] == soc[meant[firsts.title]]
    line = LogisticRegression(C=CERTAINTY_C, max_iter=1_000).fit(told, hits)
    return line.coef_[0], float(line.intercept_[0])


def fit_title_model(
    titles: Sequence[Title],
    occupations: Sequence[Occupation],
    releases: Sequence[str],
    tasks: Sequence[TaskStatement] = (),
) -> str:
    """The text of `title_model.json`, the same for the same titles: weights on two thirds, certainty on the rest.

    Raises:
        ValueError: titles of a kind that is not the lexicon's own.
    """
    _refuse_other_kinds(titles)
    rng = random.Random(SEED)  # noqa: S311 - reproducible noise, no secret
    index, queries = _draw(titles, occupations, tasks, rng)
    cut = len(queries) * 2 // 3
    weights = _fit_weights(_examples(index, queries[:cut]))
    index.use(TitleModel(tuple(weights.tolist()), (0.0,) * len(CERTAINTY), 0.0))
    soc = np.array([o.soc_code for o in occupations])
    certainty, base = _fit_certainty(index, _examples(index, queries[cut:]), soc)
    model = {
        "note": "Fitted by matching.resolve.training.fit_title_model on held-out and noised titles of the lexicon; "
        "no labelled evaluation title takes part.",
        "releases": sorted(releases),
        "examples": {"weights": cut, "certainty": len(queries) - cut},
        "seed": SEED,
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        "certainty": {name: round(float(w), 4) for name, w in zip(CERTAINTY, certainty, strict=True)},
        "base": round(base, 4),
    }
    return json.dumps(model, indent=2) + "\n"
