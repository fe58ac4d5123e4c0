"""Benefits at risk: limits worked out by hand from the law's own numbers, and silence where nothing is received."""

from dataclasses import replace
from datetime import date

import pytest

from matching.answer_household import BenefitAtRisk
from matching.eligibility.benefits import benefit_limits, benefits_at_risk
from matching.eligibility.case import Case
from matching.eligibility.law import Law
from matching.seeker import EligibilityFacts, Household, Seeker
from matching.world import World

DAY = date(2026, 11, 22)
ONE_WITH_TWO = Household(adults=1, children_ages=(4, 9))


@pytest.fixture(scope="module")
def law(starter_world: World) -> Law:
    return starter_world.law


def at_risk(
    law: Law,
    wage: float,
    *,
    area: str = "TX:ALAMO",
    household: Household = ONE_WITH_TWO,
    on: date = DAY,
    **received: bool,
) -> tuple[BenefitAtRisk, ...]:
    seeker = Seeker(household=household, eligibility=EligibilityFacts(**received))
    case = Case.of(seeker, law, on, area)
    return benefits_at_risk(benefit_limits(case), case)(wage)


def test_nothing_is_said_of_benefits_nobody_said_they_receive(law: Law) -> None:
    assert at_risk(law, 90.0) == ()
    assert at_risk(law, 90.0, snap=False, medicaid=False, child_care_subsidy=False) == ()


def test_texas_snap_for_three_stops_above_165_percent_of_the_line_rounded_up_by_month(law: Law) -> None:
    # 91 FR 1797: $15,960 + 2 x $5,680 = $27,320; x 1.65 / 12 = $3,756.50, so $3,757 a month and $45,084 a year.
    limit = 45_084.0
    below, above = limit / 2080, (limit + 1) / 2080

    assert at_risk(law, below, snap=True) == ()
    (risk,) = at_risk(law, above, snap=True)
    assert (risk.benefit, risk.status, risk.limit_usd_per_year) == ("snap", "above_limit", limit)
    assert risk.household_size == 3
    assert "7 CFR 273.2(j)(2)" in risk.citation
    assert "91 FR 1797" in risk.citation
    assert "$45,084" in risk.sentence


def test_snap_follows_the_guideline_that_stood_when_the_fiscal_year_began(law: Law) -> None:
    # In August 2026 the limit still rests on the guideline of 2025: 1.65 x ($15,650 + 2 x $5,500) / 12 = $3,664.38.
    (risk,) = at_risk(law, 30.0, snap=True, on=date(2026, 8, 1))

    assert risk.limit_usd_per_year == 3_665 * 12


def test_a_state_whose_limit_is_not_on_record_has_the_federal_one_and_may_have_a_higher(law: Law) -> None:
    # 1.3 x $27,320 / 12 = $2,959.67.
    (risk,) = at_risk(law, 30.0, snap=True, area="OH")

    assert risk.limit_usd_per_year == 2_960 * 12
    assert risk.citation.startswith("7 CFR 273.9(a)(1)")
    assert risk.status == "may_be_above"
    assert "Your state may set a higher one." in risk.sentence


def test_medicaid_for_adults_has_a_limit_where_the_state_took_up_the_expansion(law: Law) -> None:
    (california,) = at_risk(law, 30.0, medicaid=True, area="CA")
    (texas,) = at_risk(law, 30.0, medicaid=True)

    assert california.limit_usd_per_year == pytest.approx(1.38 * 27_320)
    assert (texas.status, texas.limit_usd_per_year) == ("limit_unknown", None)


def test_child_care_stops_at_85_percent_of_the_state_median_of_the_year_and_is_unknown_after_it(law: Law) -> None:
    # A family of three counts 0.52 + 2 x 0.16 = 0.84 of $103,213; 85 % of it is $73,694.08.
    (known,) = at_risk(law, 40.0, child_care_subsidy=True, on=date(2025, 6, 1))
    (unknown,) = at_risk(law, 40.0, child_care_subsidy=True)

    assert known.limit_usd_per_year == pytest.approx(0.85 * 0.84 * 103_213, abs=0.01)
    assert unknown.status == "limit_unknown"


def test_with_another_adult_pay_under_the_limit_may_pass_it_together(law: Law) -> None:
    (risk,) = at_risk(law, 15.0, snap=True, household=replace(ONE_WITH_TWO, adults=2))

    assert risk.status == "may_be_above"


def test_a_household_above_the_limit_today_loses_nothing_by_this_step(law: Law) -> None:
    assert at_risk(law, 40.0, snap=True, household=replace(ONE_WITH_TWO, annual_income_usd=60_000.0)) == ()


def test_a_household_of_unknown_size_has_an_unknown_limit(law: Law) -> None:
    (risk,) = at_risk(law, 40.0, snap=True, household=Household())

    assert (risk.status, risk.household_size) == ("limit_unknown", None)
