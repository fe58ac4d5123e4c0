"""Lengths that cannot be true, and estimates."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from taxonomy.credentials import Credential
from taxonomy.linking.lengths import Length, Measured, check_length, check_rule_hours, estimate_weeks, list_peers
from taxonomy.linking.listing import Listing

MakeListing = Callable[..., Listing]


def _codes(length: Length) -> list[str]:
    return [f.code for f in length.findings]


def test_a_length_that_can_be_true_stays_as_listed(listing: MakeListing) -> None:
    length = check_length(listing(clock_hours=720.0, weeks=26.0), "college_certificate")

    assert length == Length(26.0, 720.0, "listed")


def test_1520_hours_in_one_week_lose_the_week(listing: MakeListing) -> None:
    length = check_length(listing(clock_hours=1520.0, weeks=1.0), "license")

    assert (length.weeks, length.clock_hours, length.basis) == (None, 1520.0, "unknown")
    assert _codes(length) == ["weeks_contradict_hours"]


@pytest.mark.parametrize("weeks", [0.0, 44481.0, 99999.0])
def test_zero_weeks_and_spreadsheet_dates_are_no_length(listing: MakeListing, weeks: float | None) -> None:
    length = check_length(listing(clock_hours=100.0, weeks=weeks), None)

    assert length.weeks is None
    assert _codes(length) == ["weeks_impossible"]


def test_a_missing_number_of_weeks_is_told(listing: MakeListing) -> None:
    assert _codes(check_length(listing(clock_hours=100.0, weeks=None), None)) == ["weeks_missing"]


def test_a_36_week_bachelor_of_120_hours_loses_both(listing: MakeListing) -> None:
    length = check_length(listing(clock_hours=120.0, weeks=36.0), "bachelor")

    assert (length.weeks, length.clock_hours) == (None, None)
    assert _codes(length) == ["credit_hours_in_clock_hours", "length_implausible_for_award"]


def test_a_completion_degree_may_be_short(listing: MakeListing) -> None:
    length = check_length(listing(name="RN to BSN", clock_hours=498.0, weeks=40.0), "bachelor")

    assert (length.weeks, length.clock_hours, length.findings) == (40.0, 498.0, ())


def test_sixty_hours_of_an_associate_degree_are_credit_hours(listing: MakeListing) -> None:
    assert _codes(check_length(listing(clock_hours=60.0, weeks=104.0), "associate")) == ["credit_hours_in_clock_hours"]


@pytest.mark.parametrize(("modality", "hours"), [("in_person", None), ("online", 24.0)])
def test_under_an_hour_a_week_is_credit_hours_unless_access_online_is_sold(
    listing: MakeListing, modality: str, hours: float | None
) -> None:
    row = listing(clock_hours=24.0, weeks=52.0, modality=modality)

    assert check_length(row, "college_certificate").clock_hours == hours


def test_an_apprenticeship_of_five_weeks_is_of_unknown_length(listing: MakeListing) -> None:
    assert check_length(listing(clock_hours=196.0, weeks=5.0), "apprenticeship").weeks is None


def test_hours_under_half_the_rule_are_lost(credentials: tuple[Credential, ...]) -> None:
    cna = replace(credentials[0], training_hours=100.0)

    short = check_rule_hours(Length(6.0, 8.0, "listed"), cna, is_short=False)
    enough = check_rule_hours(Length(6.0, 75.0, "listed"), cna, is_short=False)

    assert (short.clock_hours, _codes(short)) == (None, ["hours_below_rule"])
    assert enough.clock_hours == 75.0


def _program(
    hours: float | None, weeks: float | None, credential: str | None = "lvn", cip: str = "51.3901"
) -> Measured:
    return Measured("tx", credential, cip, "license", Length(weeks, hours, "listed" if weeks else "unknown"))


def test_unknown_weeks_are_estimated_at_the_median_pace_of_the_same_credential() -> None:
    peers = list_peers([_program(1400.0, 50.0), _program(1300.0, 50.0), _program(1500.0, 50.0)])

    length = estimate_weeks(_program(1520.0, None), peers)

    assert (length.weeks, length.basis) == (55.0, "estimated")  # 1,520 h at 28 h a week, rounded up


def test_two_peers_are_too_few_to_estimate_from() -> None:
    peers = list_peers([_program(1400.0, 50.0), _program(1300.0, 50.0)])

    assert estimate_weeks(_program(1520.0, None), peers).weeks is None


def test_without_a_known_credential_field_and_award_make_the_peers() -> None:
    peers = list_peers([_program(300.0, 7.5, None, "48.0508") for _ in range(3)])

    length = estimate_weeks(_program(200.0, None, None, "48.0599"), peers)

    assert (length.weeks, length.basis) == (5.0, "estimated")


def test_unknown_hours_leave_the_weeks_unknown() -> None:
    peers = list_peers([_program(1400.0, 50.0) for _ in range(3)])

    assert estimate_weeks(_program(None, None), peers).weeks is None


def test_courses_of_quite_another_size_are_no_peers() -> None:
    peers = list_peers([_program(120.0, 20.0) for _ in range(3)])

    assert estimate_weeks(_program(1328.0, None), peers).weeks is None


def test_a_degree_of_few_class_hours_is_estimated_by_its_terms() -> None:
    def degree(hours: float, weeks: float | None) -> Measured:
        return Measured("tx", None, "15.0501", "associate", Length(weeks, hours, "listed" if weeks else "unknown"))

    peers = list_peers([degree(1600.0, 64.0), degree(1700.0, 68.0), degree(1500.0, 60.0)])

    assert estimate_weeks(degree(960.0, None), peers).weeks == 64.0
    assert estimate_weeks(degree(2400.0, None), peers).weeks == 96.0


def test_a_span_of_weeks_is_counted_at_its_longest_and_says_so(listing: MakeListing) -> None:
    length = check_length(listing(clock_hours=240.0, weeks=11.0, weeks_least=4.0), "industry_certificate")

    assert (length.weeks, length.basis) == (11.0, "span")


def test_a_span_too_short_for_its_hours_is_no_length(listing: MakeListing) -> None:
    length = check_length(listing(clock_hours=240.0, weeks=1.0, weeks_least=0.0), "industry_certificate")

    assert (length.weeks, length.basis) == (None, "unknown")


def test_spans_tell_nothing_of_the_pace_of_like_courses() -> None:
    spans = [Measured("nj", "cna", None, None, Length(11.0, 100.0, "span")) for _ in range(3)]

    assert list_peers(spans) == {}
