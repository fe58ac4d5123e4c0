"""The classifier of courses: from the evidence for a job to the probability that a provider would declare it.

A logistic model of `FEATURES`, fitted by `taxonomy.linking.job_training` on courses whose providers do declare jobs,
and measured on providers it has not seen (`stackway evaluate programs`). Its weights are JSON in the tree, so nothing
is unpickled. Where no other provider teaches anything like the course, weights fitted for that case are used.
"""

import json
from collections.abc import Iterable, Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.linking.job_evidence import FEATURES, Candidates, Course, JobEvidence

Floats = npt.NDArray[np.float64]

_PEERS = tuple(column for column, name in enumerate(FEATURES) if name.startswith("peers_"))
# From this probability a job counts as an exit: on providers held out about seven in ten such jobs are declared, one
# in three just above it (`stackway evaluate programs` has today's figures).
SURE_ENOUGH = 0.3
# Below this a job is not worth a line: one in ten would be declared.
WORTH_KEEPING = 0.15


@frozen
class Guess:
    """A job a course probably leads to, and what names it."""

    onet_code: str
    probability: float
    sources: tuple[str, ...]  # title | field_of_study | like_courses


@frozen
class JobModel:
    """Weights for courses with and without like courses of other providers; the intercept stands last."""

    with_peers: Floats
    alone: Floats

    def probabilities(self, found: Candidates) -> Floats:
        """The probability of each candidate, in their order."""
        weights = self.with_peers if has_peers(found.features) else self.alone
        log_odds = found.features @ weights[:-1] + weights[-1]
        chance: Floats = 1.0 / (1.0 + np.exp(-log_odds))
        return chance


def has_peers(features: Floats) -> bool:
    """Whether other providers declare jobs for anything like the course."""
    return bool(features[:, _PEERS].any())


def hide_peers(features: Floats) -> Floats:
    """The same evidence, had no other provider declared anything."""
    hidden = features.copy()
    hidden[:, _PEERS] = 0.0
    return hidden


def read_model(text: str) -> JobModel:
    """The model in a weights file.

    Raises:
        ValueError: fitted for features other than those this version computes.
    """
    kinds = json.loads(text)["weights"]
    if any(tuple(kinds[kind]) != (*FEATURES, "intercept") for kind in ("with_peers", "alone")):
        raise ValueError("job_model.json was fitted for other features; run taxonomy.linking.job_training again")
    return JobModel(*(np.array(list(kinds[kind].values())) for kind in ("with_peers", "alone")))


def shipped_model() -> JobModel:
    """The model of this version."""
    return read_model(resources.files("taxonomy.linking").joinpath("job_model.json").read_text(encoding="utf-8"))


def guess_jobs(courses: Sequence[Course], evidence: JobEvidence, model: JobModel) -> dict[str, tuple[Guess, ...]]:
    """By course the jobs worth keeping, likeliest first."""
    return {
        course.id: tuple(_guesses(found, model))
        for course, found in zip(courses, evidence.candidates(courses), strict=True)
    }


def _guesses(found: Candidates, model: JobModel) -> Iterable[Guess]:
    chance = model.probabilities(found)
    for row in np.argsort(-chance, kind="stable"):
        if chance[row] >= WORTH_KEEPING:
            yield Guess(found.codes[row], round(float(chance[row]), 3), _sources(found.features[row]))


def _sources(features: Floats) -> tuple[str, ...]:
    named = dict(zip(FEATURES, features.tolist(), strict=True))
    said = (
        ("title", named["name_title"] or named["text_title"]),
        ("field_of_study", named["field_names"]),
        ("like_courses", named["peers_field"] or named["peers_family"] or named["peers_name"]),
    )
    return tuple(source for source, holds in said if holds)
