"""Shrinkage: between own rate and peers, narrower with more people, and silent on small cells."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from matching.evidence.rates import (
    NO_FIGURE,
    SMALLEST_CELL,
    beta_quantile,
    choose_own,
    is_usable,
    posterior,
    reveals_small_cell,
)
from taxonomy.programs import OutcomeRate, PeerRate

shapes = st.floats(min_value=0.2, max_value=5000.0)
chances = st.floats(min_value=0.01, max_value=0.99)


@given(chances, shapes, shapes)
def test_the_quantile_agrees_with_scipy(p: float, alpha: float, beta: float) -> None:
    assert beta_quantile(p, alpha, beta) == pytest.approx(float(stats.beta.ppf(p, alpha, beta)), abs=1e-8)


@pytest.mark.parametrize(("p", "alpha", "beta"), [(0.0, 1, 1), (1.0, 1, 1), (0.5, 0, 1), (0.5, 1, -2)])
def test_a_quantile_that_does_not_exist_is_refused(p: float, alpha: float, beta: float) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        beta_quantile(p, alpha, beta)


PRIOR = PeerRate("completion", "51", 14.0, 6.0, 80, 2400, "NJ", "2018", "nj-outcomes", "nj-1")


def count(done: int, people: int) -> OutcomeRate:
    return OutcomeRate("bridge", "p1", "51.3901", "completion", done, people, "all_students", "2019", "nj-1")


cells = st.integers(SMALLEST_CELL, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(cells, shapes, shapes)
def test_the_shrunken_rate_lies_between_the_own_rate_and_the_peers(
    cell: tuple[int, int], alpha: float, beta: float
) -> None:
    prior = replace(PRIOR, alpha=alpha, beta=beta)
    own, peers = cell[0] / cell[1], alpha / (alpha + beta)

    rate = posterior(prior, count(*cell))

    assert min(own, peers) - 1e-12 <= rate.mean <= max(own, peers) + 1e-12


@given(cells, st.integers(2, 20))
def test_more_people_at_the_same_rate_bring_the_estimate_nearer_to_it(cell: tuple[int, int], times: int) -> None:
    done, people = cell

    few = posterior(PRIOR, count(done, people))
    many = posterior(PRIOR, count(done * times, people * times))

    assert abs(many.mean - done / people) <= abs(few.mean - done / people) + 1e-12


@given(st.integers(1, 9), st.integers(1, 40), st.integers(2, 20))
def test_more_people_at_the_rate_of_the_peers_narrow_the_interval(tenths: int, tens: int, times: int) -> None:
    prior = replace(PRIOR, alpha=2.0 * tenths, beta=2.0 * (10 - tenths))
    done, people = tenths * tens, 10 * tens

    few = posterior(prior, count(done, people)).interval
    many = posterior(prior, count(done * times, people * times)).interval

    assert many[1] - many[0] < few[1] - few[0]


# Below shape one the distribution is so steep at 0 and 1 that a step of 1e-12 moves it: left out here.
@given(st.floats(1.0, 5000.0), st.floats(1.0, 5000.0))
def test_the_interval_holds_eighty_percent(alpha: float, beta: float) -> None:
    low, high = posterior(replace(PRIOR, alpha=alpha, beta=beta), None).interval

    assert stats.beta.cdf(high, alpha, beta) - stats.beta.cdf(low, alpha, beta) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("people", [0, 1, 9])
def test_a_count_under_ten_changes_nothing_that_is_shown(people: int) -> None:
    small = posterior(PRIOR, count(people, people))

    assert small == posterior(PRIOR, None)
    assert small.n is None
    assert small.basis == "peers"


def test_a_count_of_ten_is_shown_with_its_people() -> None:
    rate = posterior(PRIOR, count(10, 10)).as_estimate("completion")

    assert (rate.n, rate.basis, rate.measure) == (10, "own", "completion")
    assert rate.value == pytest.approx(24 / 30, abs=1e-4)
    assert rate.low < rate.value < rate.high
    assert "80 programs, 2400 people" in rate.peers
    assert "all_students" in rate.peers


def test_with_no_figure_at_all_every_rate_is_equally_likely_and_is_called_none() -> None:
    unknown = posterior(None, None)

    assert unknown is NO_FIGURE
    assert unknown.basis == "none"
    assert unknown.interval == pytest.approx((0.1, 0.9))


def test_own_counts_stand_alone_where_there_are_no_peers() -> None:
    rate = posterior(None, count(45, 50))

    assert rate.basis == "own"
    assert rate.mean == pytest.approx(46 / 52)


def test_more_finished_than_started_is_not_a_rate() -> None:
    assert not is_usable(count(60, 50))
    assert posterior(PRIOR, count(60, 50)) == posterior(PRIOR, None)


def test_the_widest_population_and_then_the_latest_period_is_chosen(a_count: Callable[..., Any]) -> None:
    wioa = a_count(population="wioa", period="2022")
    older = a_count(period="2018")
    newer = a_count(period="2019")
    tiny = a_count(period="2023", numerator=3.0, denominator=4.0)

    assert choose_own([wioa, older, newer, tiny]) == newer
    assert choose_own([wioa, tiny]) == wioa
    assert choose_own([tiny]) is None


@pytest.mark.parametrize(
    ("total", "part", "reveals"),
    [(60.0, 55.0, True), (60.0, 50.0, False), (60.0, 60.0, False), (60.0, 9.0, False), (19.0, 10.0, True)],
)
def test_a_total_beside_its_parts_must_not_give_a_small_count_away(
    a_count: Callable[..., OutcomeRate], total: float, part: float, *, reveals: bool
) -> None:
    whole = a_count(program_id=None, numerator=0.0, denominator=total)

    assert reveals_small_cell(whole, [a_count(numerator=0.0, denominator=part)]) is reveals


def test_counts_of_other_people_or_years_take_nothing_away_from_a_total(a_count: Callable[..., OutcomeRate]) -> None:
    whole = a_count(program_id=None, numerator=0.0, denominator=60.0, population="all_students")

    assert not reveals_small_cell(whole, [a_count(numerator=0.0, denominator=55.0, population="wioa")])
    assert not reveals_small_cell(whole, [])
