"""Figures over labelled titles."""

import pytest

from matching.resolve.evaluation import LabelledTitle, evaluate_titles
from matching.resolve.resolver import Resolver


def test_shares_count_titles_at_the_digits_of_the_label(resolver: Resolver) -> None:
    labelled = [
        LabelledTitle("cashier", ("41-2011",)),
        LabelledTitle("welder", ("51-4121.00",)),
        LabelledTitle("welder", ("41-2011",)),
        LabelledTitle("12345", ("41-2011",)),
    ]

    result = evaluate_titles(resolver, labelled)

    assert result.first.value == 0.5
    assert result.understood.value == 0.75
    assert result.first.low < 0.5 < result.first.high
    assert sum(b.n for b in result.reliability) == 3


def test_calibration_error_is_the_distance_of_said_from_so(resolver: Resolver) -> None:
    said = resolver.resolve_title("welder").candidates[0].probability

    result = evaluate_titles(resolver, [LabelledTitle("welder", ("51-4121.00",))])

    assert said is not None
    assert result.expected_calibration_error == pytest.approx(1.0 - said)


def test_nothing_labelled_gives_no_figure(resolver: Resolver) -> None:
    result = evaluate_titles(resolver, [])

    assert result.first.n == 0
    assert result.expected_calibration_error is None
