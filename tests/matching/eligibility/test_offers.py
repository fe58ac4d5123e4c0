"""What a program must be: lengths for Pell and Workforce Pell, academic years, the provider list."""

from dataclasses import replace
from datetime import date

import pytest

from matching.eligibility.kleene import Truth
from matching.eligibility.law import Law
from matching.eligibility.offers import (
    Offer,
    academic_years,
    long_enough_for_pell,
    short_enough_for_workforce_pell,
)
from matching.eligibility.screening import screen
from matching.eligibility.terms import FundingTerms, funding_terms
from matching.seeker import Seeker
from matching.world import World

OFFER = Offer(
    kind="training",
    award="college_certificate",
    pell=True,
    weeks=16.0,
    clock_hours=640.0,
    on_provider_list=True,
    nurse_aide=False,
)


@pytest.fixture(scope="module")
def terms(law: Law) -> FundingTerms:
    today = date(2026, 11, 22)
    return funding_terms(Seeker(), screen(Seeker(), law, today, "TX"), law, today, "TX")


@pytest.mark.parametrize(
    ("award", "weeks", "hours", "value"),
    [
        ("college_certificate", 15.0, 600.0, True),
        ("college_certificate", 14.9, 600.0, False),
        # Sixteen semester hours over 15 weeks will do as well, and lists do not print credit hours.
        ("college_certificate", 15.0, 599.0, None),
        ("college_certificate", None, 600.0, None),
        ("college_certificate", 15.0, None, None),
        ("college_certificate", 10.0, None, False),
        ("associate", None, None, True),
        ("bachelor", 10.0, 100.0, True),
        (None, 40.0, 1200.0, True),
    ],
)
def test_pell_asks_certificates_for_fifteen_weeks_and_six_hundred_hours(
    terms: FundingTerms, award: str | None, weeks: float | None, hours: float | None, value: Truth
) -> None:
    offer = replace(OFFER, award=award, weeks=weeks, clock_hours=hours)

    assert long_enough_for_pell(offer, terms.lengths) is value


@pytest.mark.parametrize(
    ("weeks", "hours", "value"),
    [
        (8.0, 150.0, True),
        (7.9, 150.0, False),
        (14.9, 599.0, True),
        (15.0, 599.0, False),
        (10.0, 149.0, False),
        (10.0, 600.0, False),
        (None, 300.0, None),
        (10.0, None, None),
        (20.0, None, False),
        (None, None, None),
    ],
)
def test_workforce_pell_takes_eight_to_under_fifteen_weeks_and_150_to_under_600_hours(
    terms: FundingTerms, weeks: float | None, hours: float | None, value: Truth
) -> None:
    offer = replace(OFFER, weeks=weeks, clock_hours=hours)

    assert short_enough_for_workforce_pell(offer, terms.lengths) is value


def test_degrees_and_apprenticeships_are_no_workforce_pell_programs(terms: FundingTerms) -> None:
    short = replace(OFFER, weeks=10.0, clock_hours=300.0)

    assert short_enough_for_workforce_pell(replace(short, award="associate"), terms.lengths) is False
    assert short_enough_for_workforce_pell(replace(short, kind="apprenticeship"), terms.lengths) is False


@pytest.mark.parametrize(
    ("weeks", "hours", "years"),
    [(30.0, 900.0, 1.0), (30.0, 450.0, 0.5), (15.0, 900.0, 0.5), (60.0, None, 2.0), (None, 900.0, 1.0)],
)
def test_academic_years_follow_the_shorter_of_weeks_and_hours(
    terms: FundingTerms, weeks: float | None, hours: float | None, years: float
) -> None:
    offer = replace(OFFER, weeks=weeks, clock_hours=hours)

    assert academic_years(offer, terms.lengths) == pytest.approx(years)


def test_a_program_of_unknown_length_has_no_known_academic_years(terms: FundingTerms) -> None:
    assert academic_years(replace(OFFER, weeks=None, clock_hours=None), terms.lengths) is None


def test_a_course_of_four_to_eleven_weeks_is_not_told_to_be_of_a_length_that_a_grant_asks_for(
    starter_world: World,
) -> None:
    course = replace(starter_world.catalog.programs.records[0], weeks=11.0, weeks_basis="listed")

    assert Offer.of(course).weeks == 11.0
    assert Offer.of(replace(course, weeks_basis="span", weeks_least=4.0)).weeks is None
