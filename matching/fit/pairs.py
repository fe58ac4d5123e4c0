"""Pairs of occupations the transition model is fitted and judged on, and how they are split."""

import numpy as np
import numpy.typing as npt

from matching.fit.features import feature_names, list_features
from matching.fit.likeness import Matrix, list_likenesses, rated_rows
from taxonomy.frozen import frozen
from taxonomy.snapshot import Contents, Snapshot
from taxonomy.tables import TABLES

SEED = 20_260_101
NEGATIVE_SHARE = 0.2  # of the pairs not listed enter a fit, each counting five times; all of them are judged

Rows = npt.NDArray[np.intp]


@frozen
class Pairs:
    """Occupations with ratings of their own, their likenesses, and O*NET's order of what is related to each."""

    rows: Rows  # rows of the occupations table
    codes: tuple[str, ...]
    gain: npt.NDArray[np.float32]  # origins x destinations: 20 for the first listed down to 1; 0 not listed
    likenesses: dict[str, Matrix]
    job_zone: npt.NDArray[np.float32]  # NaN unknown
    level: Matrix  # rating levels as published, for the plain baselines

    @property
    def major_groups(self) -> tuple[str, ...]:
        """SOC major group of each occupation."""
        return tuple(code[:2] for code in self.codes)


def contents_of(snapshot: Snapshot) -> Contents:
    """What a compiled snapshot holds of occupations, as a fit and an evaluation read it."""
    names = ("occupations", "descriptors", "titles", "technologies", "tasks", "related")
    tables = {name: list(snapshot.table(name)) for name in names if name in TABLES}
    return Contents(tables=tables, arrays={"need": snapshot.need, "importance": snapshot.importance})


def read_pairs(contents: Contents) -> Pairs:
    """The pairs of an official snapshot.

    Raises:
        ValueError: there is no table of related occupations, as in the starter set.
    """
    if not contents.tables["related"]:
        raise ValueError("these data hold no related occupations; the transition model is fitted on O*NET's table")
    occupations = contents.tables["occupations"]
    rated = rated_rows(contents)
    # An occupation that borrows its sibling's ratings would be a second copy of it in fit and test.
    own = np.array([i for i, r in enumerate(rated) if occupations[r].ratings_from == occupations[r].onet_code], np.intp)
    rows = rated[own]
    place = {occupations[row].onet_code: i for i, row in enumerate(rows)}
    gain = np.zeros((len(rows), len(rows)), np.float32)
    for pair in contents.tables["related"]:
        if pair.onet_code in place and pair.related_code in place:
            gain[place[pair.onet_code], place[pair.related_code]] = max(0, 21 - pair.rank)
    zones = [occupations[row].job_zone for row in rows]
    return Pairs(
        rows=rows,
        codes=tuple(place),
        gain=gain,
        likenesses={name: m[np.ix_(own, own)] for name, m in list_likenesses(contents).items()},
        job_zone=np.array([np.nan if zone is None else zone for zone in zones], np.float32),
        level=contents.arrays["need"][rows].astype(np.float32),
    )


def stack_features(pairs: Pairs, contents: Contents, kind: str) -> npt.NDArray[np.float32]:
    """All features of all pairs, origins x destinations x features."""
    occupations = [contents.tables["occupations"][row] for row in pairs.rows]
    n = len(occupations)
    stack = np.empty((n, n, len(feature_names(kind))), np.float32)
    for i, (_, matrix) in enumerate(list_features(kind, pairs.likenesses, occupations)):
        stack[:, :, i] = matrix
    return stack


def split_by_occupation(pairs: Pairs, folds: int) -> Rows:
    """Fold of each occupation, equal in size, seeded."""
    order = np.random.default_rng(SEED).permutation(len(pairs.codes))
    fold = np.empty(len(order), np.intp)
    fold[order] = np.arange(len(order)) % folds
    return fold


def split_by_major_group(pairs: Pairs, folds: int) -> Rows:
    """Fold of each occupation such that a SOC major group is never on both sides; largest groups placed first."""
    groups = pairs.major_groups
    size = {group: groups.count(group) for group in sorted(set(groups))}
    filled = [0] * folds
    fold_of: dict[str, int] = {}
    for group in sorted(size, key=lambda g: (-size[g], g)):
        fold_of[group] = int(np.argmin(filled))
        filled[fold_of[group]] += size[group]
    return np.array([fold_of[group] for group in groups], np.intp)
