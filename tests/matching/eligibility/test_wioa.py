"""WIOA Title I: adults, dislocated workers, youth, needs-related payments. Boundary days and ages."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.eligibility import wioa
from matching.eligibility.case import Case
from matching.eligibility.kleene import Finding, Truth, ways_to_settle

Build = Callable[..., Case]
READY = {"work_authorized": True, "selective_service_compliant": True}


def part(finding: Finding, name: str) -> Finding:
    return next(p for p in finding.parts if p.name == name)


@pytest.mark.parametrize(
    ("born", "today", "value"),
    [
        (2008, date(2026, 11, 22), None),  # turns 18 this year, and the day is not known
        (2008, date(2026, 12, 31), True),
        (2007, date(2026, 1, 1), True),
        (2009, date(2026, 12, 31), False),
        (1966, date(2026, 11, 22), True),
    ],
)
def test_an_adult_is_eighteen_and_the_year_of_that_birthday_needs_the_date(
    case: Build, born: int, today: date, value: Truth
) -> None:
    finding = wioa.adult_age(case(birth_year=born, today=today))

    assert finding.value is value
    assert finding.missing == (("date_of_birth",) if value is None else ())


def test_an_unknown_age_asks_for_the_year_of_birth(case: Build) -> None:
    assert wioa.adult_age(case()).missing == ("eligibility.birth_year",)


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"birth_year": 1994, **READY}, True),
        ({"birth_year": 1994, "work_authorized": False, "selective_service_compliant": True}, False),
        ({"birth_year": 1994, "work_authorized": True}, None),
        ({"birth_year": 1994, "selective_service_compliant": True}, None),
        ({"birth_year": 2012, **READY}, False),
        (READY, None),
    ],
)
def test_an_adult_meets_age_work_authorization_and_selective_service(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert wioa.adult(case(**facts)).value is value


@pytest.mark.parametrize(("today", "applied"), [(date(2025, 7, 9), False), (date(2025, 7, 10), True)])
def test_work_authorization_is_verified_from_the_day_of_the_guidance_letter(
    case: Build, *, today: date, applied: bool
) -> None:
    finding = wioa.adult(case(birth_year=1990, work_authorized=False, selective_service_compliant=True, today=today))

    assert ("work_authorization" in [p.name for p in finding.parts]) is applied
    assert finding.value is (not applied)


@pytest.mark.parametrize(("today", "value"), [(date(2015, 6, 30), False), (date(2015, 7, 1), True)])
def test_nobody_is_served_under_wioa_before_it_took_effect(case: Build, today: date, value: Truth) -> None:
    assert wioa.adult(case(birth_year=1980, **READY, today=today)).value is value


@pytest.mark.parametrize(
    ("facts", "value", "asks"),
    [
        ({"birth_year": 1959}, True, ()),
        ({"birth_year": 1959, "selective_service_compliant": False}, True, ()),
        ({"birth_year": 1960}, None, ("eligibility.selective_service_compliant",)),
        ({"birth_year": 2010}, True, ()),
        ({}, None, ("eligibility.selective_service_compliant",)),
        ({"selective_service_compliant": True}, True, ()),
        ({"birth_year": 2003, "selective_service_compliant": False}, False, ()),
        ({"birth_year": 1999, "selective_service_compliant": False}, None, ("selective_service_waiver",)),
    ],
)
def test_selective_service_exempts_by_year_of_birth_and_excuses_only_by_evidence(
    case: Build, facts: dict[str, object], value: Truth, asks: tuple[str, ...]
) -> None:
    finding = wioa.selective_service(case(**facts))

    assert (finding.value, finding.missing) == (value, asks)


@pytest.mark.parametrize(
    ("today", "value", "asks"),
    [(date(2026, 12, 17), False, ()), (date(2026, 12, 18), None, ("selective_service_record",))],
)
def test_once_registration_is_automatic_not_having_registered_is_checked_and_refuses_nobody_under_26(
    case: Build, today: date, value: Truth, asks: tuple[str, ...]
) -> None:
    finding = wioa.selective_service(case(birth_year=2003, selective_service_compliant=False, today=today))

    assert (finding.value, finding.missing) == (value, asks)


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"dislocated": True}, True),
        ({"dislocated": False}, False),
        ({"dislocated": False, "employment_status": "notice_received", "ui_claimant": True}, False),
        ({}, None),
        ({"employment_status": "notice_received", "ui_claimant": True}, None),
        ({"employment_status": "employed"}, None),
    ],
)
def test_the_doors_open_by_determination_and_close_only_by_a_plain_no(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert wioa.doors(case(**facts)).value is value


def test_a_claimant_under_notice_lacks_only_the_finding_that_a_return_is_unlikely(case: Build) -> None:
    door = wioa.door_laid_off(case(employment_status="notice_received", ui_claimant=True))

    assert ways_to_settle(door, outcome=True) == (frozenset({"unlikely_to_return"}),)


def test_not_claiming_insurance_is_not_the_same_as_not_being_entitled(case: Build) -> None:
    door = wioa.door_laid_off(case(employment_status="notice_received", ui_claimant=False))

    assert part(door, "unemployment_insurance").value is None


def test_each_door_of_the_definition_is_there_with_its_clause(case: Build) -> None:
    finding = wioa.doors(case())

    assert [p.citation for p in finding.parts] == [
        "WIOA sec. 3(15); 20 CFR 680.130",
        "WIOA sec. 3(15)(A)",
        "WIOA sec. 3(15)(B)",
        "WIOA sec. 3(15)(C)",
        "WIOA sec. 3(15)(D), 3(16)",
        "WIOA sec. 3(15)(E)",
    ]


OUT = {"in_school": False, "homeless": True}


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"birth_year": 2010, **OUT}, None),  # 15 or 16
        ({"birth_year": 2011, **OUT}, False),
        ({"birth_year": 2009, **OUT}, True),
        ({"birth_year": 2002, **OUT}, True),  # 23 or 24: within either way
        ({"birth_year": 2001, **OUT}, None),  # 24 or 25
        ({"birth_year": 2000, **OUT}, False),
        ({"birth_year": 2004, "in_school": True, "homeless": True}, False),
        ({"birth_year": 2004, "homeless": True}, None),
        ({"birth_year": 2004, "in_school": False, "education_level": "less_than_high_school"}, True),
        ({"birth_year": 2004, "in_school": False, "foster_youth": True}, True),
        ({"birth_year": 2004, "in_school": False, "adults": 1, "children_ages": (1,)}, True),
        ({"birth_year": 2004, "in_school": False, "adults": 2, "children_ages": (1,)}, None),
        ({"birth_year": 2004, "in_school": False, "education_level": "high_school_diploma"}, None),
        (
            {
                "birth_year": 2004,
                "in_school": False,
                "education_level": "high_school_diploma",
                "snap": True,
                "reading_grade": 8.0,
            },
            True,
        ),
    ],
)
def test_out_of_school_youth_are_sixteen_to_twenty_four_out_of_school_and_meet_a_barrier(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert wioa.out_of_school_youth(case(**facts)).value is value


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"birth_year": 2006, "in_school": True, "snap": True, "homeless": True}, True),
        ({"birth_year": 2004, "in_school": True, "snap": True, "homeless": True}, None),  # 21 or 22
        ({"birth_year": 2003, "in_school": True, "snap": True, "homeless": True}, False),
        ({"birth_year": 2012, "in_school": True, "snap": True, "homeless": True}, None),  # 13 or 14
        ({"birth_year": 2013, "in_school": True, "snap": True, "homeless": True}, False),
        ({"birth_year": 2008, "in_school": False, "snap": True, "homeless": True}, False),
        ({"birth_year": 2008, "in_school": True, "homeless": True}, True),  # homeless is low income too
        ({"birth_year": 2008, "in_school": True, "reading_grade": 6.0}, None),
    ],
)
def test_in_school_youth_are_fourteen_to_twenty_one_in_school_and_low_income(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert wioa.in_school_youth(case(**facts)).value is value


def test_a_youth_is_never_found_to_have_no_barrier_because_some_are_never_asked_about(case: Build) -> None:
    nothing_asked_applies = {
        "birth_year": 2004,
        "in_school": False,
        "education_level": "high_school_diploma",
        "homeless": False,
        "foster_youth": False,
        "reading_grade": 12.0,
        "math_grade": 12.0,
    }

    finding = wioa.out_of_school_youth(case(**nothing_asked_applies))

    assert finding.value is None
    assert ways_to_settle(finding, outcome=True) == (frozenset({"other_youth_barrier"}),)


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"employment_status": "employed"}, False),
        ({"employment_status": "notice_received"}, False),
        # A claim or one used up: who has used it up may be paid.
        ({"employment_status": "unemployed", "ui_claimant": True}, None),
        ({"employment_status": "unemployed", "ui_claimant": False}, None),
        ({"employment_status": "unemployed"}, None),
    ],
)
def test_needs_related_payments_are_for_the_unemployed_without_insurance(
    case: Build, facts: dict[str, object], value: Truth
) -> None:
    assert wioa.needs_related_payments(case(birth_year=1990, **READY, **facts)).value is value
