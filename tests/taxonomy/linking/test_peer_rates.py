"""Beta distributions fitted to counted rates."""

import numpy as np
import pytest

from taxonomy.linking.peer_rates import Origin, fit_beta_binomial, fit_peer_rates
from taxonomy.programs import OutcomeRate

ORIGIN = Origin(area="NJ", period="before 2020", source="test counts", release="test")


def _outcome(x: float, n: float, cip: str = "51.3902", measure: str = "employment_q2") -> OutcomeRate:
    return OutcomeRate("p", None, cip, measure, x, n, "completers", None, "test")


@pytest.mark.parametrize(("alpha", "beta"), [(3.0, 1.5), (8.0, 8.0)])
def test_the_fit_recovers_the_distribution_that_made_the_counts(alpha: float, beta: float) -> None:
    rng = np.random.default_rng(20260101)
    totals = rng.integers(5, 200, 4000)
    counts = rng.binomial(totals, rng.beta(alpha, beta, 4000))

    fitted = fit_beta_binomial(counts.tolist(), totals.tolist())

    assert fitted.alpha == pytest.approx(alpha, rel=0.1)
    assert fitted.beta == pytest.approx(beta, rel=0.1)


def test_one_huge_program_does_not_speak_for_its_field() -> None:
    fitted = fit_beta_binomial([5, 6, 4, 5, 4, 9_000], [10, 10, 10, 10, 10, 10_000])

    assert 0.45 < fitted.mean < 0.7


@pytest.mark.parametrize(
    ("x", "n"), [([1], [2]), ([3, 1], [2, 2]), ([1, 1], [0, 2]), ([2, 2], [2, 2]), ([0, 0], [2, 2])]
)
def test_counts_that_teach_nothing_or_cannot_be_are_refused(x: list[int], n: list[int]) -> None:
    with pytest.raises(ValueError, match="programs"):
        fit_beta_binomial(x, n)


def test_a_small_field_has_no_record_of_its_own() -> None:
    large = [_outcome(x, 20.0) for x in (10.0, 12.0, 15.0, 9.0, 14.0)]
    few = [_outcome(10.0, 20.0, "11.0901")] * 2
    tiny = [_outcome(x, 2.0, "52.0401") for x in (1.0, 2.0, 0.0, 1.0, 2.0)]

    rates = fit_peer_rates([*large, *few, *tiny], "employment_q2", ORIGIN)

    assert [(r.group, r.programs, r.people) for r in rates] == [("all", 12, 150), ("51", 5, 100)]


def test_other_measures_are_left_out() -> None:
    counts = [_outcome(x, 20.0, measure="completion") for x in (10.0, 12.0, 15.0, 9.0, 14.0)]

    assert fit_peer_rates(counts, "employment_q2", ORIGIN) == []
