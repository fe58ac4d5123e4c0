"""Pell and Workforce Pell: schooling, need, how much was used, and the days of the law."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.eligibility import pell
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

    assert pell.high_school(built).value is high_school
    assert pell.undergraduate(built).value is undergraduate


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
    assert pell.within_maximum_pell_income(case(**facts)).value is value


def test_an_income_above_the_limit_is_never_a_no_because_a_lower_award_may_follow(case: Build) -> None:
    finding = pell.pell(
        case(education_level="high_school_diploma", adults=1, annual_income_usd=250_000.0, birth_year=1980)
    )

    assert finding.value is None


@pytest.mark.parametrize(
    ("index", "value", "asks"),
    [
        (-1_500.0, True, ()),
        (6_655.0, True, ()),  # the maximum of 7,395 less the index is the least award, 740
        (6_656.0, None, ("award_offer",)),
        (14_789.0, None, ("award_offer",)),
        (14_790.0, False, ()),
    ],
)
def test_the_fafsas_index_decides_need_once_it_is_known_whatever_today_earns(
    case: Build, index: float, value: Truth, asks: tuple[str, ...]
) -> None:
    finding = pell.need(case(student_aid_index=index, adults=1, annual_income_usd=0.0, birth_year=1980))

    assert (finding.value, finding.parts[0].missing) == (value, asks)


def test_twice_the_maximum_bars_only_from_july_2026(case: Build) -> None:
    assert pell.need(case(student_aid_index=20_000.0, today=date(2026, 6, 30))).value is None


@pytest.mark.parametrize(
    ("facts", "value", "asks"),
    [
        ({"education_level": "high_school_diploma"}, True, ()),
        ({"education_level": "some_college"}, None, ("eligibility.pell_used_percent",)),
        ({"education_level": "associate", "pell_used_percent": 599.9}, True, ()),
        ({"education_level": "associate", "pell_used_percent": 600.0}, False, ()),
        ({}, None, ("education.level",)),
    ],
)
def test_pell_ends_after_six_years_of_it_and_who_never_went_to_college_has_used_none(
    case: Build, facts: dict[str, object], value: Truth, asks: tuple[str, ...]
) -> None:
    finding = pell.lifetime_left(case(**facts))

    assert (finding.value, finding.missing) == (value, asks)


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
    assert pell.independent(case(**facts)).value is value


@pytest.mark.parametrize(
    ("day", "start"), [(date(2026, 6, 30), 2025), (date(2026, 7, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_an_award_year_begins_on_the_first_of_july(day: date, start: int) -> None:
    assert pell.award_year_start(day) == start


GRADUATE_OF_HIGH_SCHOOL = {
    "education_level": "high_school_diploma",
    "adults": 1,
    "annual_income_usd": 12_000.0,
    "birth_year": 1990,
    "work_authorized": True,
}


@pytest.mark.parametrize(("today", "value"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_workforce_pell_does_not_exist_before_july_2026(case: Build, today: date, value: Truth) -> None:
    assert pell.workforce_pell(case(**GRADUATE_OF_HIGH_SCHOOL, today=today)).value is value


@pytest.mark.parametrize(("level", "value"), [("bachelor", True), ("graduate", None), ("less_than_high_school", None)])
def test_a_bachelors_degree_is_no_bar_to_workforce_pell_and_a_graduate_degree_is_not_known_to_be(
    case: Build, level: str, value: Truth
) -> None:
    facts = {**GRADUATE_OF_HIGH_SCHOOL, "education_level": level, "pell_used_percent": 400.0}

    assert pell.workforce_pell(case(**facts)).value is value


def test_an_unverified_bar_applies_only_when_unverified_rules_are_switched_on(
    rows: tuple[Parameter, ...], person: Callable[..., Seeker]
) -> None:
    seeker = person(**{**GRADUATE_OF_HIGH_SCHOOL, "education_level": "graduate"})
    law = Law(rows, include_unverified=True)

    assert pell.workforce_pell(Case.of(seeker, law, date(2026, 11, 22), "TX")).value is False


@pytest.mark.parametrize(
    ("authorized", "value", "asks"),
    [(True, True, ()), (None, None, ("constraints.work_authorized",)), (False, None, ("citizenship_papers",))],
)
def test_who_may_not_work_here_is_never_told_that_pell_appears_due(
    case: Build, authorized: Truth, value: Truth, asks: tuple[str, ...]
) -> None:
    finding = pell.eligible_status(case(work_authorized=authorized))

    assert (finding.value, finding.missing) == (value, asks)


def test_without_a_high_school_credential_the_school_may_still_find_ability_to_benefit(case: Build) -> None:
    finding = pell.schooling(case(education_level="less_than_high_school"))

    assert finding.value is None
    assert [leaf.missing for leaf in finding.leaves() if leaf.value is None] == [("ability_to_benefit",)]
