"""Fits `job_model.json` on the courses of a snapshot whose providers declare jobs.

Four providers in five take part, by a digest of their id; the fifth is for measuring and is never seen. What each
course's own provider says is hidden from its evidence. Half of the examples are the same courses with all other
providers hidden as well, for lists that stand alone. Run again when a list is renewed:
`fit_job_model(snapshot)` gives the text of the file.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from taxonomy.linking.job_courses import evidence_of, list_courses
from taxonomy.linking.job_evidence import FEATURES, Candidates, Course
from taxonomy.linking.job_model import JobModel, hide_peers
from taxonomy.snapshot import Snapshot

Floats = npt.NDArray[np.float64]

FOLDS = 5
# Weak: there are hundreds of examples a weight, and it only keeps rare evidence from running away.
_REGULARISATION = 10.0


def is_held_out(provider_id: str) -> bool:
    """Whether a provider is for measuring, the same wherever it runs."""
    return hashlib.sha256(provider_id.encode()).digest()[0] % FOLDS == 0


def split(courses: Iterable[Course]) -> tuple[list[Course], list[Course]]:
    """Courses of the providers that are fitted on, and those of the providers held out."""
    known = list(courses)
    return [c for c in known if not is_held_out(c.provider_id)], [c for c in known if is_held_out(c.provider_id)]


def fit_weights(courses: Sequence[Course], found: Sequence[Candidates]) -> JobModel:
    """The likeliest weights, given the candidates of courses that declare jobs.

    Raises:
        ValueError: none of the candidates is declared, or all are.
    """
    features = np.vstack([one.features for one in found])
    declared = np.concatenate(
        [[code in course.declared for code in one.codes] for course, one in zip(courses, found, strict=True)]
    )
    return JobModel(_fit(features, declared), _fit(hide_peers(features), declared))


def _fit(features: Floats, declared: npt.NDArray[np.bool_]) -> Floats:
    line = LogisticRegression(C=_REGULARISATION, max_iter=2000).fit(features, declared)
    return np.array([*line.coef_[0], line.intercept_[0]])


def fit_job_model(snapshot: Snapshot) -> str:
    """The text of `job_model.json`, the same for the same snapshot.

    Raises:
        ValueError: no list in the snapshot declares jobs.
    """
    shown, _ = split(list_courses(snapshot))
    taught = [course for course in shown if course.declared]
    if not taught:
        raise ValueError("no list in the snapshot declares the jobs of its courses")
    found = evidence_of(snapshot, shown).candidates(taught)
    model = fit_weights(taught, found)
    names = (*FEATURES, "intercept")
    document = {
        "note": "Fitted by taxonomy.linking.job_training.fit_job_model on courses whose providers declare jobs; one "
        "provider in five held out. See `stackway evaluate programs`.",
        "snapshot": snapshot.digest,
        "courses": len(taught),
        "providers": len({course.provider_id for course in taught}),
        "pairs": sum(len(one.codes) for one in found),
        "weights": {
            kind: {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
            for kind, weights in (("with_peers", model.with_peers), ("alone", model.alone))
        },
    }
    return json.dumps(document, indent=2) + "\n"
