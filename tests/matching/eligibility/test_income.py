"""Income tests: poverty line, low income, basic skills, priority of service."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.eligibility.case import Case
from matching.eligibility.income import (
    basic_skills_deficient,
    covered_person,
    family_income,
    low_income,
    place_in_line,
    poverty_line,
    priority_of_service,
)
from matching.eligibility.kleene import Truth
from matching.eligibility.law import Law
from matching.seeker import Seeker
from taxonomy.law import Parameter

Build = Callable[..., Case]

# The published 2026 table for 48 states and the District of Columbia, families of 1 to 8 (91 FR 1797).
TABLE_2026 = (15_960, 21_640, 27_320, 33_000, 38_680, 44_360, 50_040, 55_720)


@pytest.mark.parametrize(("size", "usd"), list(enumerate(TABLE_2026, start=1)))
def test_the_poverty_line_is_the_published_table_of_2026(case: Build, size: int, usd: int) -> None:
    line = poverty_line(case(), size, date(2026, 1, 13))

    assert line is not None
    assert line[0] == usd


@pytest.mark.parametrize(
    ("day", "area", "size", "usd"),
    [
        (date(2024, 1, 17), "TX", 1, 15_060),
        (date(2025, 1, 14), "TX", 4, 31_200),
        (date(2025, 1, 15), "TX", 1, 15_650),
        (date(2025, 1, 15), "TX", 8, 54_150),
        (date(2026, 1, 12), "TX", 1, 15_650),
        (date(2026, 1, 13), "TX", 1, 15_960),
        (date(2024, 6, 1), "AK", 1, 18_810),
        (date(2025, 6, 1), "AK", 2, 26_430),
        (date(2026, 6, 1), "AK", 1, 19_950),
        (date(2024, 6, 1), "HI", 2, 23_500),
        (date(2025, 6, 1), "HI", 1, 17_990),
        (date(2026, 6, 1), "HI", 3, 31_420),
    ],
)
def test_the_poverty_line_follows_the_day_and_the_area(case: Build, day: date, area: str, size: int, usd: int) -> None:
    line = poverty_line(case(area=area), size, day)

    assert line is not None
    assert line[0] == usd


def test_a_year_whose_guideline_is_not_held_has_no_line(case: Build) -> None:
    assert poverty_line(case(), 1, date(2023, 12, 31)) is None


@pytest.mark.parametrize(
    ("facts", "value", "asks"),
    [
        ({"adults": 1, "annual_income_usd": 15_960.0}, True, ()),
        # Above the poverty line 70 % of the LLSIL may still be higher, and its table is the board's to give.
        ({"adults": 1, "income_last_6_months_usd": 7_980.01}, None, ("llsil",)),
        # A year's income above the line may be of months before the job was lost.
        ({"adults": 1, "annual_income_usd": 15_960.01}, None, ("household.income_last_6_months_usd",)),
        ({"adults": 1, "annual_income_usd": 60_000.0, "income_last_6_months_usd": 7_980.0}, True, ()),
        ({"adults": 1, "children_ages": (4, 9), "annual_income_usd": 27_320.0}, True, ()),
        ({"adults": 1, "children_ages": (4, 9), "income_last_6_months_usd": 13_660.5}, None, ("llsil",)),
        ({"adults": 2, "annual_income_usd": 21_640.0}, True, ()),
        # Whoever else lives there, a family of one is the least it can be.
        ({"annual_income_usd": 15_960.0}, True, ()),
        ({"annual_income_usd": 16_000.0}, None, ("household.adults",)),
        ({"adults": 3}, None, ("household.annual_income_usd",)),
        ({"annual_income_usd": 0.0, "adults": 1}, True, ()),
    ],
)
def test_family_income_is_compared_with_the_line_of_the_family(
    case: Build, facts: dict[str, object], value: Truth, asks: tuple[str, ...]
) -> None:
    finding = family_income(case(**facts))

    assert (finding.value, finding.missing) == (value, asks)


@pytest.mark.parametrize(("income", "value"), [(28_000.0, True), (28_000.01, False), (27_320.0, True)])
def test_with_the_boards_llsil_seventy_per_cent_of_it_decides_above_the_poverty_line(
    rows: tuple[Parameter, ...], person: Callable[..., Seeker], income: float, value: Truth
) -> None:
    board = Parameter(
        "llsil.3",
        40_000.0,
        "USD a year",
        "TX:ALAMO",
        "2026-07-01",
        None,
        "a table",
        "https://x",
        "2026-11-22",
        verified=True,
    )
    seeker = person(adults=1, children_ages=(4, 9), income_last_6_months_usd=income / 2)

    finding = family_income(Case.of(seeker, Law((*rows, board)), date(2026, 11, 22), "TX:ALAMO"))

    assert finding.value is value


@pytest.mark.parametrize("door", ["snap", "tanf", "ssi", "homeless"])
def test_one_open_door_makes_a_person_low_income_whatever_the_income(case: Build, door: str) -> None:
    finding = low_income(case(**{door: True}, adults=1, annual_income_usd=90_000.0))

    assert finding.value is True


@pytest.mark.parametrize(
    ("facts", "value", "asks"),
    [
        ({"birth_year": 2010}, True, ()),
        # Aged out: a foster child only while payments go on.
        ({"birth_year": 2004}, None, ("foster_payments",)),
        ({}, None, ("foster_payments",)),
    ],
)
def test_foster_care_is_a_door_for_a_child_in_it_and_for_an_older_youth_while_it_is_paid(
    case: Build, facts: dict[str, object], value: Truth, asks: tuple[str, ...]
) -> None:
    finding = low_income(case(foster_youth=True, **facts))

    leaf = next(leaf for leaf in finding.leaves() if leaf.name == "foster_child")
    assert (leaf.value, leaf.missing) == (value, asks)


def test_foster_care_long_ago_is_no_door_for_an_adult(case: Build) -> None:
    finding = low_income(case(foster_youth=True, birth_year=1986))

    assert "foster_child" not in {leaf.name for leaf in finding.leaves()}


def test_a_person_who_lives_with_others_is_never_refused_because_disability_is_not_asked(
    rows: tuple[Parameter, ...], person: Callable[..., Seeker]
) -> None:
    table = tuple(replace(rows[0], id=f"llsil.{n}", value=9_000.0, area="TX:ALAMO", verified=True) for n in (1, 2))
    closed = dict.fromkeys(("snap", "tanf", "ssi", "public_assistance", "homeless"), False)
    facts = {**closed, "birth_year": 1980, "income_last_6_months_usd": 45_000.0}

    alone, couple = (
        low_income(Case.of(person(**facts, adults=n), Law((*rows, *table)), date(2026, 11, 22), "TX:ALAMO"))
        for n in (1, 2)
    )

    assert alone.value is False
    assert (couple.value, [leaf.missing for leaf in couple.leaves() if leaf.value is None]) == (None, [("own_income",)])


@pytest.mark.parametrize("area", ["PR", "GU", "VI"])
def test_a_territory_has_no_poverty_line_of_its_own_and_borrows_none(case: Build, area: str) -> None:
    finding = family_income(case(adults=1, annual_income_usd=9_000.0, area=area))

    assert (finding.value, finding.missing) == (None, ("poverty_guideline",))


def test_a_person_is_not_low_income_only_when_every_door_is_known_to_be_closed(case: Build) -> None:
    closed = dict.fromkeys(("snap", "tanf", "ssi", "homeless", "foster_youth"), False)

    assert low_income(case(**closed, adults=1, annual_income_usd=90_000.0)).value is None  # the LLSIL is not known
    assert low_income(case(**closed)).value is None
    assert low_income(case()).value is None


@pytest.mark.parametrize(
    ("facts", "value", "asks"),
    [
        ({"reading_grade": 8.0, "math_grade": 11.0, "birth_year": 2005}, True, ()),
        ({"reading_grade": 8.1, "math_grade": 8.1, "birth_year": 2005}, False, ()),
        ({"reading_grade": 7.0, "birth_year": 2005}, True, ()),
        ({"reading_grade": 9.0, "birth_year": 2005}, None, ("basic_skills",)),
        ({"birth_year": 2005}, None, ("basic_skills",)),
        # The 8th-grade test is written for youth; for adults it is a finding of staff.
        ({"reading_grade": 6.0, "math_grade": 6.0, "birth_year": 1980}, None, ("basic_skills_determination",)),
        ({"reading_grade": 6.0, "math_grade": 6.0}, None, ("basic_skills_determination",)),
        ({"reading_grade": 12.0, "math_grade": 12.0, "birth_year": 1980}, False, ()),
    ],
)
def test_basic_skills_are_measured_for_youth_and_found_by_staff_for_adults(
    case: Build, facts: dict[str, object], value: Truth, asks: tuple[str, ...]
) -> None:
    finding = basic_skills_deficient(case(**facts))

    assert (finding.value, finding.missing) == (value, asks)


def test_priority_of_service_comes_by_public_assistance_low_income_or_basic_skills(case: Build) -> None:
    assert priority_of_service(case(snap=True)).value is True
    assert priority_of_service(case(adults=1, annual_income_usd=10_000.0)).value is True
    assert priority_of_service(case(reading_grade=5.0, birth_year=2006)).value is True
    assert priority_of_service(case()).value is None


def test_priority_of_service_is_not_applied_before_its_regulation(case: Build) -> None:
    assert priority_of_service(case(snap=True, today=date(2016, 10, 17))).value is None
    assert priority_of_service(case(snap=True, today=date(2016, 10, 18))).value is True


@pytest.mark.parametrize(
    ("priority", "covered", "place"),
    [
        (True, True, 1),
        (True, False, 2),
        (False, True, 3),
        (False, False, 4),
        (None, True, None),
        (True, None, None),
    ],
)
def test_covered_persons_come_before_others_within_and_outside_the_priority_groups(
    *, priority: bool | None, covered: bool | None, place: int | None
) -> None:
    assert place_in_line(priority, covered) == place


@pytest.mark.parametrize(("veteran", "value"), [(True, True), (False, None), (None, None)])
def test_who_did_not_serve_may_still_be_the_spouse_of_one_who_did(
    case: Build, *, veteran: bool | None, value: bool | None
) -> None:
    assert covered_person(case(veteran=veteran)).value is value


def test_priority_for_veterans_is_not_applied_before_its_regulation(case: Build) -> None:
    assert covered_person(case(veteran=True, today=date(2009, 1, 18))).value is None
