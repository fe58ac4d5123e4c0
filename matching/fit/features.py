"""Features of a move from one occupation to another, each a matrix origin by destination.

Free of scale: a likeness is seen in five views, of which four compare it with the same origin's other destinations or
the same destination's other origins. So a snapshot of 245 occupations and 68 descriptors speaks in the same units as
one of 1,016 and 120.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from matching.fit.likeness import Matrix
from taxonomy.codes import Education
from taxonomy.occupations import Occupation

VIEWS = ("as_is", "among_destinations", "among_origins", "rank_among_destinations", "rank_among_origins")

_CODES = (
    "level_skill",
    "importance_skill",
    "level_knowledge",
    "importance_knowledge",
    "no_gap",
    "no_surplus",
    "technologies",
    "name",
    "everyday_titles",
)
_TITLES = (*_CODES, "same_titles", "title_modifiers", "title_pairs", "titles", "titles_50", "titles_200")
_TASKS = (*_TITLES, "tasks", "tasks_50", "tasks_200", "titles_and_tasks", "titles_and_tasks_50", "titles_and_tasks_200")

# What a snapshot can tell decides which of the fitted sets of weights speaks; the richest comes first.
LIKENESSES: dict[str, tuple[str, ...]] = {"tasks": _TASKS, "titles": _TITLES, "plain": _CODES}

_SOC_LEVELS = {"same_major_group": 2, "same_minor_group": 4, "same_broad_group": 6, "same_soc_code": 7}
_STEPS = ("job_zones_up", "job_zones_down", "education_up", "education_down")


def richest_kind(likenesses: Mapping[str, Matrix]) -> str:
    """The first of LIKENESSES whose every part the snapshot can tell."""
    return next(kind for kind, names in LIKENESSES.items() if all(name in likenesses for name in names))


def feature_names(kind: str) -> tuple[str, ...]:
    """Names of the features of a kind, in order."""
    views = tuple(f"{name}:{view}" for name in LIKENESSES[kind] for view in VIEWS)
    return (*_SOC_LEVELS, *_STEPS, *views)


def list_features(
    kind: str, likenesses: Mapping[str, Matrix], occupations: Sequence[Occupation]
) -> Iterator[tuple[str, Matrix]]:
    """Each feature by name, in the order of `feature_names`, one at a time: together they are hundreds of megabytes."""
    for name, digits in _SOC_LEVELS.items():
        group = np.array([o.soc_code[:digits] for o in occupations])
        yield name, (group[:, None] == group[None, :]).astype(np.float32)
    zones = [o.job_zone for o in occupations]
    schooling = [None if o.typical_education is None else Education[o.typical_education.upper()] for o in occupations]
    for name, ladder in (("job_zones", zones), ("education", schooling)):
        rung = np.array([np.nan if step is None else step for step in ladder], np.float32)
        # An unknown rung says nothing about the climb: the fit sees "no difference".
        climb = np.nan_to_num(rung[None, :] - rung[:, None])
        yield f"{name}_up", np.maximum(np.float32(0.0), climb)
        yield f"{name}_down", np.maximum(np.float32(0.0), -climb)
    for name in LIKENESSES[kind]:
        likeness = likenesses[name]
        views = (
            likeness,
            _compared(likeness),
            _compared(likeness.T).T,
            _ranked(likeness),
            _ranked(likeness.T).T,
        )
        for view, matrix in zip(VIEWS, views, strict=True):
            yield f"{name}:{view}", matrix


def _compared(likeness: Matrix) -> Matrix:
    """Standard deviations above the row's mean, the occupation itself left out."""
    others = likeness.astype(np.float64)
    np.fill_diagonal(others, 0.0)
    n = max(1, len(others) - 1)
    mean = others.sum(axis=1, keepdims=True) / n
    spread = np.sqrt(np.maximum(0.0, (others**2).sum(axis=1, keepdims=True) / n - mean**2))
    compared: Matrix = ((likeness - mean) / np.maximum(spread, 1e-6)).astype(np.float32)
    np.fill_diagonal(compared, 0.0)
    return compared


def _ranked(likeness: Matrix) -> Matrix:
    """Minus the logarithm of the share of the row that is at least as alike: first of a thousand is about 7."""
    n = len(likeness)
    ranked = np.zeros((n, n), np.float32)
    for row, values in enumerate(likeness):
        others = np.sort(np.delete(values, row))
        more_alike = len(others) - np.searchsorted(others, values, side="right")
        ranked[row] = -np.log((more_alike + 1.0) / n)
        ranked[row, row] = 0.0
    return ranked
