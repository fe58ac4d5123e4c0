"""Probabilities of skills, credentials and programs."""

import json

import pytest

from matching.answer import Candidate
from matching.resolve.certainty import KINDS, leads, load_certainties, with_probabilities
from matching.resolve.certainty_training import fit_certainties
from matching.resolve.resolver import Resolver
from taxonomy.snapshot import Snapshot


def _named(*scores: float) -> list[Candidate]:
    return [Candidate(f"c{i}", "A name", score) for i, score in enumerate(scores)]


def test_the_lead_is_over_the_best_of_the_others() -> None:
    assert leads(_named(0.9, 0.5, 0.4)) == pytest.approx([0.4, -0.4, -0.5])
    assert leads(_named(0.9)) == [0.9]


@pytest.mark.parametrize("kind", KINDS)
def test_probabilities_fall_from_the_first_on_and_sum_to_one_at_most(kind: str) -> None:
    said = [c.probability or 0.0 for c in with_probabilities(kind, _named(0.95, 0.7, 0.7, 0.2))]

    assert said == sorted(said, reverse=True)
    assert 0 < sum(said) <= 1.0005  # each is rounded to four places
    assert with_probabilities(kind, ()) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_better_score_and_a_longer_lead_are_surer(kind: str) -> None:
    line = load_certainties()[kind]

    assert line.probability(0.9, 0.3) >= line.probability(0.7, 0.3)
    assert line.probability(0.9, 0.3) > line.probability(0.9, 0.0)


def test_results_carry_probabilities(resolver: Resolver) -> None:
    (skill,) = resolver.resolve_skill("weldng")

    assert all(c.probability is not None for c in skill.candidates)
    assert all(c.probability is not None for c in resolver.resolve_program("nurse aide").candidates)


def test_the_same_snapshot_gives_the_same_fit(snapshot: Snapshot) -> None:
    fitted = fit_certainties(snapshot)

    assert fitted == fit_certainties(snapshot)
    assert set(json.loads(fitted)) == set(KINDS)
