"""The classifier of courses: probabilities from evidence."""

import json

import numpy as np
import pytest

from taxonomy.linking.job_evidence import FEATURES, Candidates, Course, JobEvidence
from taxonomy.linking.job_model import (
    WORTH_KEEPING,
    JobModel,
    guess_jobs,
    has_peers,
    hide_peers,
    read_model,
    shipped_model,
)
from taxonomy.occupations import Occupation

NONE = np.zeros((1, len(FEATURES)))


def with_evidence(**given: float) -> np.ndarray:
    return np.array([[given.get(name, 0.0) for name in FEATURES]])


def chance(**given: float) -> float:
    return float(shipped_model().probabilities(Candidates(("51-4121.00",), with_evidence(**given)))[0])


def test_the_shipped_model_was_fitted_for_these_features_and_says_on_what() -> None:
    model = shipped_model()

    assert len(model.with_peers) == len(model.alone) == len(FEATURES) + 1


def test_weights_for_other_features_are_refused() -> None:
    weights = {"with_peers": {"age": 1.0}, "alone": {"age": 1.0}}

    with pytest.raises(ValueError, match="other features"):
        read_model(json.dumps({"weights": weights}))


def test_without_any_evidence_a_job_is_unlikely() -> None:
    assert chance() < 0.02


def test_more_evidence_makes_a_job_likelier() -> None:
    field = chance(field_names=1, field_share=1.0, field_near=1)
    named = chance(field_names=1, field_share=1.0, field_near=1, name_title=1.0, name_is_title=1)

    assert 0.1 < field < named
    assert named > 0.8


def test_where_nobody_else_teaches_the_like_other_weights_are_used() -> None:
    model = JobModel(np.array([*[0.0] * len(FEATURES), 5.0]), np.array([*[0.0] * len(FEATURES), -5.0]))
    seen = with_evidence(peers_field=0.2)

    assert has_peers(seen)
    assert not has_peers(hide_peers(seen))
    assert model.probabilities(Candidates(("a",), seen))[0] > 0.99
    assert model.probabilities(Candidates(("a",), hide_peers(seen)))[0] < 0.01


def test_guesses_come_likeliest_first_with_what_names_them(occupations: tuple[Occupation, ...]) -> None:
    evidence = JobEvidence(occupations, (), {"48.0508": (("51-4121.00", 1.0),)}, ())
    asked = [Course("a", "p", "Welding", None, "48.0508"), Course("b", "p", "Xylomancy", None, None)]

    guesses = guess_jobs(asked, evidence, shipped_model())

    (first, *others) = guesses["a"]
    assert (first.onet_code, first.sources) == ("51-4121.00", ("title", "field_of_study"))
    assert all(WORTH_KEEPING <= other.probability <= first.probability for other in others)
    assert guesses["b"] == ()
