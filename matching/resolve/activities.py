"""What somebody does, in O*NET's words: detailed work activities and tasks that hold every word said.

"Changing diapers" is no skill by name; that it stands whole in a task of a listed occupation says what is meant. Words
are compared by their stems, rare ones counting more; there is no likeness of letters here, so nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from math import log

import numpy as np

from matching.answer import Candidate
from matching.resolve.postings import Array, Arrays, ArraySource, Postings, derive_postings
from matching.resolve.text import normalise
from taxonomy.occupations import TaskStatement, WorkActivity
from taxonomy.snapshot import SnapshotError

LEAST_WORDS = 2  # one word alone ("paint") stands in too many tasks to mean one
LEAST_SCORE = 0.5  # score of a task that holds all that was said; the rest is how little else it holds
ACTIVITIES = 5  # shown at most
_NAME = "resolve_activity"
_ACTIVITY = 1e-6  # an activity goes before a task that holds as much


def derive_activities(activities: Sequence[WorkActivity], tasks: Sequence[TaskStatement]) -> Arrays:
    """Arrays of stems and the activities and tasks they stand in; row numbers are rows of the two tables, joined."""
    listed = [a.title if a.kind == "detailed" else "" for a in activities] + [t.text for t in tasks]
    stems = [stems_of(normalise(text)) for text in listed]
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, said in enumerate(stems):
        for stem in said:
            rows[stem].append(row)
    weight = {stem: 1.0 + log((1 + len(listed)) / (1 + len(found))) for stem, found in rows.items()}
    totals = np.array([sum(weight[s] for s in said) for said in stems], dtype=np.float32)
    return derive_postings(_NAME, {s: [(row, weight[s]) for row in found] for s, found in rows.items()}) | {
        f"{_NAME}_totals": totals
    }


def stems_of(plain: str) -> tuple[str, ...]:
    """The different stems of a normalised text, so that "mopping" meets "mop" and "mopped"."""
    return tuple(dict.fromkeys(map(stem, plain.split())))


def stem(word: str) -> str:
    """A word without the ending of a verb."""
    for ending in ("ing", "ed", "es", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare = word.removesuffix(ending)
            return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls" else bare
    return word


class ActivityIndex:
    """Finds activities and tasks by what is said of them."""

    def __init__(self, source: ArraySource, activities: Sequence[WorkActivity], tasks: Sequence[TaskStatement]) -> None:
        self._postings: Postings | None = None
        self._totals: Array = np.zeros(0)
        # A snapshot installed before there was this index has none: then no task is found.
        with suppress(SnapshotError):
            self._postings, self._totals = Postings(_NAME, source), np.asarray(source.array(f"{_NAME}_totals"))
        self._activities = activities
        self._tasks = tasks

    def has(self, code: str) -> bool:
        """Whether a code is an activity's or a task's, and no descriptor's or technology's."""
        return code in self._codes

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset([*(a.activity_id for a in self._activities), *(t.task_id or t.onet_code for t in self._tasks)])

    def search(self, words: str) -> tuple[Candidate, ...]:
        """Activities, then tasks, that hold every word; those that say little else first. None for a word alone."""
        stems = stems_of(words)
        if len(stems) < LEAST_WORDS or self._postings is None or not len(self._totals):
            return ()
        at, known = self._postings.find(stems)
        if not known.all():
            return ()
        ones = np.ones(len(stems))
        held = self._postings.total(at, ones, len(self._totals))
        count = self._postings.count(at, len(self._totals))
        rows = np.flatnonzero(count == len(stems))
        scores = LEAST_SCORE + (1 - LEAST_SCORE) * held[rows] / self._totals[rows]
        scores = np.minimum(1.0, scores + _ACTIVITY * (rows < len(self._activities)))
        best = rows[np.lexsort((rows, -scores))][:ACTIVITIES]
        order = {int(row): float(score) for row, score in zip(rows, scores, strict=True)}
        return tuple(self._candidate(int(row), order[int(row)]) for row in best)

    def _candidate(self, row: int, score: float) -> Candidate:
        if row < len(self._activities):
            activity = self._activities[row]
            return Candidate(activity.activity_id, activity.title, round(score, 4), None, activity.title)
        task = self._tasks[row - len(self._activities)]
        return Candidate(task.task_id or task.onet_code, task.text, round(score, 4), None, task.text)
