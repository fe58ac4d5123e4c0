"""Pell, Workforce Pell, GI Bill, SNAP E&T, TANF, apprenticeship, TAA: the person's part."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.eligibility import aid
from matching.eligibility.case import Case
from matching.eligibility.kleene import Truth
from matching.eligibility.law import Law
from matching.seeker import Seeker
from taxonomy.law import Parameter

Build = Callable[..., Case]


@pytest.mark.parametrize(
    ("level", "high_school", "undergraduate"),
    [
        (None, None, None),
        ("less_than_high_school", False, True),
        ("high_school_equivalency", True, True),
        ("high_school_diploma", True, True),
        ("some_college", True, True),
        ("associate", True, True),
        ("bachelor", True, False),
        ("graduate", True, False),
    ],
)
def test_pell_asks_for_a_high_school_credential_and_no_bachelors_degree(
    case: Build, level: str | None, high_school: Truth, undergraduate: Truth
) -> None:
    built = case(education_level=level)

    assert aid.high_school(built).value is high_school
    assert aid.undergraduate(built).value is undergraduate


# Awards of 2026-27 look at 2024 incomes and guidelines: 15,060 and 5,380 for each further person.
ONE, TWO, THREE = 15_060, 20_440, 25_820


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"adults": 1, "annual_income_usd": ONE * 1.75}, True),
        ({"adults": 1, "annual_income_usd": ONE * 1.75 + 0.01}, None),
        ({"adults": 2, "annual_income_usd": TWO * 1.75}, True),
        ({"adults": 1, "children_ages": (4, 9), "annual_income_usd": THREE * 2.25}, True),
        ({"adults": 1, "children_ages": (4, 9), "annual_income_usd": THREE * 2.25 + 1}, None),
        # With two adults the limit is that of a family that is not a single parent's.
        ({"adults": 2, "children_ages": (4,), "annual_income_usd": THREE * 1.75}, True),
        ({"adults": 2, "children_ages": (4,), "annual_income_usd": THREE * 1.75 + 1}, None),
        ({"adults": 1}, None),
    ],
)
def test_the_maximum_award_goes_to_incomes_within_175_or_225_per_cent_of_the_base_years_line(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert aid.within_maximum_pell_income(case(**facts)).value is value


def test_an_income_above_the_limit_is_never_a_no_because_a_lower_award_may_follow(case: Build) -> None:
    finding = aid.pell(
        case(education_level="high_school_diploma", adults=1, annual_income_usd=250_000.0, birth_year=1980)
    )

    assert finding.value is None


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"birth_year": 2002}, True),  # 24 by the end of 2026
        ({"birth_year": 2003}, None),
        ({"birth_year": 2003, "veteran": True}, True),
        ({"birth_year": 2003, "foster_youth": True}, True),
        ({"birth_year": 2006, "adults": 1, "children_ages": (1,)}, True),
        ({"birth_year": 2006, "adults": 2, "children_ages": (1,)}, None),
        ({}, None),
    ],
)
def test_a_student_of_24_by_the_end_of_the_award_years_first_calendar_year_is_independent(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert aid.independent(case(**facts)).value is value


@pytest.mark.parametrize(
    ("day", "start"), [(date(2026, 6, 30), 2025), (date(2026, 7, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_an_award_year_begins_on_the_first_of_july(day: date, start: int) -> None:
    assert aid.award_year_start(day) == start


GRADUATE_OF_HIGH_SCHOOL = {
    "education_level": "high_school_diploma",
    "adults": 1,
    "annual_income_usd": 12_000.0,
    "birth_year": 1990,
}


@pytest.mark.parametrize(("today", "value"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_workforce_pell_does_not_exist_before_july_2026(case: Build, today: date, value: Truth) -> None:
    assert aid.workforce_pell(case(**GRADUATE_OF_HIGH_SCHOOL, today=today)).value is value


@pytest.mark.parametrize(("level", "value"), [("bachelor", True), ("graduate", True), ("less_than_high_school", False)])
def test_a_bachelors_degree_is_no_bar_to_workforce_pell(case: Build, level: str, value: Truth) -> None:
    facts = {**GRADUATE_OF_HIGH_SCHOOL, "education_level": level}

    assert aid.workforce_pell(case(**facts)).value is value


def test_an_unverified_bar_applies_only_when_unverified_rules_are_switched_on(
    rows: tuple[Parameter, ...], person: Callable[..., Seeker]
) -> None:
    seeker = person(**{**GRADUATE_OF_HIGH_SCHOOL, "education_level": "graduate"})
    law = Law(rows, include_unverified=True)

    assert aid.workforce_pell(Case.of(seeker, law, date(2026, 11, 22), "TX")).value is False


@pytest.mark.parametrize(("veteran", "value"), [(True, None), (False, False), (None, None)])
def test_the_gi_bill_needs_service_that_only_papers_show(case: Build, veteran: Truth, value: Truth) -> None:
    finding = aid.gi_bill(case(veteran=veteran))

    assert finding.value is value
    assert finding.parts[1].parts[0].missing == ("eligibility.active_duty_days",)


# Days of service, and the share of the full benefit: VA's tiers, at each bound.
TIERS = [
    (89, None), (90, 50), (179, 50), (180, 60), (544, 60), (545, 70), (729, 70), (730, 80), (909, 80), (910, 90),
    (1094, 90), (1095, 100), (9000, 100),
]  # fmt: skip


@pytest.mark.parametrize(("days", "percent"), TIERS)
def test_days_of_service_reach_the_tier_of_the_gi_bill(case: Build, days: int, percent: int | None) -> None:
    veteran = case(veteran=True, active_duty_days=days)

    reached = aid.gi_bill_tier(veteran)

    assert (reached and reached[0]) == percent
    assert aid.gi_bill(veteran).value is (None if percent is None else True)
    said = aid.gi_bill_words(veteran)
    assert (said is None) is (percent is None)
    assert percent is None or f"{percent} percent of the full benefit" in str(said)


def test_a_tier_is_said_of_no_one_but_a_veteran(case: Build) -> None:
    assert aid.gi_bill_words(case(veteran=None, active_duty_days=400)) is None
    assert aid.gi_bill_words(case(veteran=True)) is None


def test_the_day_before_the_tiers_that_were_read_reaches_none(case: Build) -> None:
    assert aid.gi_bill_tier(case(veteran=True, active_duty_days=400, today=date(2025, 7, 31))) is None


@pytest.mark.parametrize(
    ("snap", "tanf", "area", "value"),
    [
        (True, False, "TX:ALAMO", True),
        (True, True, "TX:ALAMO", False),
        (True, True, "CO", True),
        (True, None, "TX:ALAMO", None),
        (True, None, "VT", True),
        (False, False, "TX:ALAMO", False),
        (None, False, "TX:ALAMO", None),
        (None, True, "TX:ALAMO", False),
    ],
)
def test_snap_employment_and_training_is_for_snap_without_tanf_but_in_four_states(
    case: Build, snap: Truth, tanf: Truth, area: str, value: Truth
) -> None:
    assert aid.snap_employment_and_training(case(snap=snap, tanf=tanf, area=area)).value is value


@pytest.mark.parametrize(("tanf", "value"), [(True, None), (False, False), (None, None)])
def test_tanf_training_is_for_the_state_to_approve(case: Build, tanf: Truth, value: Truth) -> None:
    assert aid.tanf(case(tanf=tanf)).value is value


def test_an_apprentice_is_chosen_by_the_sponsor_and_no_unverified_age_is_applied(case: Build) -> None:
    finding = aid.apprenticeship(case(birth_year=2012))

    assert (finding.value, [p.name for p in finding.parts]) == (None, ["selected_by_sponsor"])


@pytest.mark.parametrize(("dislocated", "value"), [(None, None), (True, None), (False, False)])
def test_trade_adjustment_needs_a_certification_of_before_july_2022(
    case: Build, dislocated: Truth, value: Truth
) -> None:
    assert aid.trade_adjustment(case(dislocated=dislocated)).value is value
