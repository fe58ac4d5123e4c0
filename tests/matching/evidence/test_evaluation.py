"""Held-out prediction of outcome rates: shrinkage must earn its place, and the figures must not move by themselves."""

import numpy as np
import pytest

from matching.evidence.evaluation import METHODS, EvidenceScore, evaluate
from taxonomy.programs import OutcomeRate


def counts(programs: int, *, seed: int = 1, least: int = 20, most: int = 60) -> list[OutcomeRate]:
    """Programs whose true rates are drawn from Beta(6, 3)."""
    rng = np.random.default_rng(seed)
    people = rng.integers(least, most, programs)
    won = rng.binomial(people, rng.beta(6.0, 3.0, programs))
    return [
        OutcomeRate(
            f"p{i}", None, "51.3902", "employment_q2", float(won[i]), float(people[i]), "completers", None, "test"
        )
        for i in range(programs)
    ]


def of(scores: tuple[EvidenceScore, ...], band: str = "all") -> dict[str, EvidenceScore]:
    return {score.method: score for score in scores if score.band == band}


def test_the_shrunken_rate_foretells_better_than_the_raw_rate_and_than_the_means() -> None:
    scores = of(evaluate(counts(600), "employment_q2"))

    best = scores["shrunken rate"]
    for other in ("raw rate", "mean of all", "mean of the field"):
        assert best.squared_loss < scores[other].squared_loss
        assert best.log_loss < scores[other].log_loss


def test_counts_too_small_to_show_are_foretold_by_the_field_alone() -> None:
    small = of(evaluate(counts(300, least=4, most=18), "employment_q2"), "1 to 9")

    assert small["shrunken rate"].squared_loss == small["mean of the field"].squared_loss
    assert small["shrunken, small counts too"].squared_loss < small["shrunken rate"].squared_loss


def test_every_program_counts_once_in_all_and_once_in_its_band() -> None:
    scores = evaluate(counts(200, least=2, most=150), "employment_q2")

    assert {score.programs for score in of(scores).values()} == {200}
    for method in METHODS:
        assert sum(s.programs for s in scores if s.method == method and s.band != "all") == 200


def test_the_order_of_the_counts_does_not_change_a_figure() -> None:
    rates = counts(150)

    assert evaluate(rates, "employment_q2") == evaluate(rates[::-1], "employment_q2")


def test_another_measure_is_left_out_and_too_few_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="too few counts of completion"):
        evaluate(counts(200), "completion")


def test_a_rate_of_none_or_all_loses_a_finite_amount() -> None:
    extreme = [
        OutcomeRate(f"p{i}", None, None, "employment_q2", 10.0 * (i % 2), 10.0, "completers", None, "test")
        for i in range(60)
    ]

    assert all(np.isfinite(score.log_loss) for score in evaluate(extreme, "employment_q2"))
