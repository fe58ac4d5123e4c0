"""The self-sufficiency wage: the board's figure for the very family, else unknown with the parts that are known."""

from datetime import date

import pytest

from matching.answer_household import SelfSufficiency
from matching.eligibility.case import Case
from matching.eligibility.law import Law
from matching.eligibility.self_sufficiency import PARTS, bedrooms_for, self_sufficiency
from matching.seeker import Household, Seeker
from taxonomy.law import Parameter
from taxonomy.living_costs import ChildCareRate, Rent

DAY = date(2026, 11, 22)
BOARD = Law(
    [
        Parameter(
            "self_sufficiency.1a2c", 30.5, "USD an hour", "TX:ALAMO", "2026-07-01", None, "Board policy 12", "x",
            "2026-11-22", verified=True,
        )
    ]
)  # fmt: skip


def rate(age_group: str, care: str, usd: float, provider_type: str = "licensed_center") -> ChildCareRate:
    return ChildCareRate("TX", "ALAMO", provider_type, "REG", age_group, care, usd, 2026, "tx-child-care-2026")


RATES = (rate("4yr", "full_time", 40.0), rate("6_13yr", "part_time", 30.0), rate("4yr", "full_time", 9.0, "relative"))


def needs(law: Law, household: Household, rates: tuple[ChildCareRate, ...] = RATES) -> SelfSufficiency:
    return self_sufficiency(Case.of(Seeker(household=household), law, DAY, "TX:ALAMO"), rates)


def test_the_boards_figure_for_the_very_family_is_taken() -> None:
    found = needs(BOARD, Household(adults=1, children_ages=(4, 9)))

    assert (found.wage_usd_per_hour, found.basis, found.citation) == (30.5, "board", "Board policy 12")
    assert found.missing == ()
    assert "$30.50 an hour" in found.sentence


def test_another_family_has_no_figure_and_the_costs_that_are_known_are_no_sum() -> None:
    found = needs(BOARD, Household(adults=2, children_ages=(4, 9)))

    assert (found.wage_usd_per_hour, found.basis) == (None, "unknown")
    # 260 days at $40.00 for the child of four and $30.00 for the one at school.
    assert [(part.name, part.usd_per_year) for part in found.parts] == [("child_care", 260 * 70.0)]
    assert set(found.missing) == set(PARTS) - {"child_care"}
    assert "$18,200" in found.sentence


@pytest.mark.parametrize("ages", [(2,), (4, 2)])
def test_a_child_without_a_rate_leaves_child_care_unknown(ages: tuple[int, ...]) -> None:
    found = needs(BOARD, Household(adults=3, children_ages=ages))

    assert found.parts == ()
    assert "child_care" in found.missing


def test_children_past_twelve_and_households_without_any_need_no_care() -> None:
    assert needs(BOARD, Household(adults=1, children_ages=(15,))).parts == ()
    assert "child_care" not in needs(BOARD, Household(adults=1)).missing


def test_a_household_nobody_described_is_unknown_and_asked_about() -> None:
    found = needs(BOARD, Household())

    assert found.wage_usd_per_hour is None
    assert "how many adults" in found.sentence


def test_rent_is_a_known_part_and_leaves_the_whole_unknown() -> None:
    household = Household(adults=2, children_ages=(4,))
    case = Case.of(Seeker(household=household), BOARD, DAY, "TX:ALAMO")

    found = self_sufficiency(case, (), Rent("48029", "county", 2, 2026, 1_426.0, "hud-rents-2026"))

    assert [(part.name, part.usd_per_year, part.year) for part in found.parts] == [("housing", 17_112.0, 2026)]
    assert found.wage_usd_per_hour is None
    assert "housing" not in found.missing
    assert "$17,112" in found.sentence


@pytest.mark.parametrize(("ages", "bedrooms"), [((), 1), ((4,), 2), ((4, 9), 2), ((1, 4, 9), 3)])
def test_two_children_are_counted_to_a_bedroom(ages: tuple[int, ...], bedrooms: int) -> None:
    assert bedrooms_for(Household(adults=1, children_ages=ages)) == bedrooms
