"""Pell, Workforce Pell, GI Bill, SNAP E&T, TANF, apprenticeship, TAA: the person's part."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.eligibility import aid
from matching.eligibility.case import Case
from matching.eligibility.kleene import Truth

Build = Callable[..., Case]


@pytest.mark.parametrize(
    ("area", "day", "stands"),
    [
        ("TX", date(2025, 7, 3), False),
        ("TX", date(2025, 7, 4), True),
        ("CA", date(2026, 5, 31), False),
        ("CA:SAN", date(2026, 5, 31), False),
        ("CA", date(2026, 6, 1), True),
        ("AK", date(2025, 10, 31), False),
        ("HI", date(2025, 11, 1), True),
    ],
)
def test_the_snap_time_limit_of_2025_stands_in_a_state_from_the_day_the_state_took_it_up(
    case: Build,
    area: str,
    day: date,
    stands: bool,  # noqa: FBT001 -- pytest passes parameters by name
) -> None:
    finding = aid.snap_time_limit(case(snap=True, birth_year=1986, adults=1, area=area, today=day))

    assert finding.value is None
    assert any("law_in_force" in leaf.missing for leaf in finding.leaves()) is not stands


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

    reached = aid.gi_bill_tier(veteran.seeker, veteran.rules)

    assert (reached and reached[0]) == percent
    assert aid.gi_bill(veteran).value is (None if percent is None else True)
    said = aid.gi_bill_words(veteran)
    assert (said is None) is (percent is None)
    assert percent is None or f"{percent} percent of the full benefit" in str(said)


def test_a_tier_is_said_of_no_one_but_a_veteran(case: Build) -> None:
    assert aid.gi_bill_words(case(veteran=None, active_duty_days=400)) is None
    assert aid.gi_bill_words(case(veteran=True)) is None


def test_the_day_before_the_tiers_that_were_read_reaches_none(case: Build) -> None:
    veteran = case(veteran=True, active_duty_days=400, today=date(2025, 7, 31))

    assert aid.gi_bill_tier(veteran.seeker, veteran.rules) is None


@pytest.mark.parametrize(
    ("snap", "tanf", "area", "value"),
    [
        (True, False, "TX:ALAMO", True),
        (True, True, "TX:ALAMO", None),
        (True, True, "CO", True),
        (True, None, "TX:ALAMO", None),
        (True, None, "VT", True),
        (False, False, "TX:ALAMO", False),
        (None, False, "TX:ALAMO", None),
        (None, True, "TX:ALAMO", None),
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
