"""Figures over labelled titles and made-up cases."""

from datetime import date

import pytest

from matching.resolve.evaluation import evaluate, evaluate_generated, evaluate_titles
from matching.resolve.generated import Case
from matching.resolve.resolver import Resolver
from matching.seeker import HeldCredential
from taxonomy.snapshot import Snapshot


def test_shares_count_titles_at_the_digits_of_the_label(resolver: Resolver) -> None:
    labelled = [
        Case("cashier", ("41-2011",)),
        Case("welder", ("51-4121.00",)),
        Case("welder", ("41-2011",)),
        Case("12345", ("41-2011",)),
    ]

    result = evaluate_titles(resolver, labelled)

    assert result.first.value == 0.5
    assert result.understood.value == 0.75
    assert result.first.low < 0.5 < result.first.high
    assert sum(b.n for b in result.reliability) == 3


def test_calibration_error_is_the_distance_of_said_from_so(resolver: Resolver) -> None:
    said = resolver.resolve_title("welder").candidates[0].probability

    result = evaluate_titles(resolver, [Case("welder", ("51-4121.00",))])

    assert said is not None
    assert result.expected_calibration_error == pytest.approx(1.0 - said)


def test_nothing_labelled_gives_no_figure(resolver: Resolver) -> None:
    result = evaluate_titles(resolver, [])

    assert result.first.n == 0
    assert result.expected_calibration_error is None


def test_made_up_cases_are_measured_for_every_kind_and_are_the_same_each_time(
    resolver: Resolver, snapshot: Snapshot
) -> None:
    first = evaluate_generated(resolver, snapshot, most=20)

    assert {e.kind for e in first} == {"titles", "skills", "credentials", "programs"}
    assert first == evaluate_generated(resolver, snapshot, most=20)
    assert all(0 <= (e.expected_calibration_error or 0) <= 1 for e in first)


def test_codes_without_parts_are_compared_whole(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("OSHA 10"), date(2026, 1, 1)).resolved

    assert evaluate("credentials", "made-up", [Case("OSHA 10", ("osha-10",))], [result]).first.value == 1.0
    assert evaluate("credentials", "made-up", [Case("OSHA 10", ("osha",))], [result]).first.value == 0.0


def test_calibration_is_measured_on_what_the_person_means(resolver: Resolver) -> None:
    result = resolver.resolve_title("cook")
    codes = tuple(c.code for c in result.candidates[:2])

    meant, other = (evaluate("titles", "made-up", [Case("cook", codes, code)], [result]) for code in codes)

    assert meant.first == other.first
    assert (meant.reliability[0].share_right, other.reliability[0].share_right) == (1.0, 0.0)
