"""Numbers in sentences."""

import pytest

from matching.explain.money import cents, count, dollars, hourly


@pytest.mark.parametrize(
    ("amount", "text"),
    [(1_250.4, "$1,250"), (-300.0, "-$300"), (0.0, "$0"), (-0.4, "$0"), (999_999.6, "$1,000,000")],
)
def test_dollars_are_whole_with_separators_and_zero_has_no_sign(amount: float, text: str) -> None:
    assert dollars(amount) == text


def test_an_hourly_wage_keeps_its_cents() -> None:
    assert (hourly(14.5), hourly(1_014.0)) == ("$14.50", "$1,014.00")


def test_a_count_agrees_with_its_noun() -> None:
    assert [count(n, "program") for n in (0, 1, 1_200)] == ["0 programs", "1 program", "1,200 programs"]


def test_an_amount_is_rounded_to_the_cent() -> None:
    assert cents(10.005001) == 10.01
