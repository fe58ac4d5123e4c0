"""What is known of a person's GI Bill tier and Student Aid Index bounds what a course may leave to pay."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.screening import screen
from matching.eligibility.terms import Range, StepCosts, funding_terms, out_of_pocket_range
from matching.seeker import Seeker

TODAY = date(2026, 11, 22)
# A school year of full time that nothing pays for but what the test is about: no SNAP, no TANF, no account, no Pell.
COURSE = Offer(
    kind="training",
    award="college_certificate",
    pell=False,
    weeks=30.0,
    clock_hours=900.0,
    on_provider_list=False,
    nurse_aide=False,
)
ALONE = {
    "birth_year": 1990,
    "education_level": "high_school_diploma",
    "adults": 1,
    "annual_income_usd": 9_000.0,
    "snap": False,
    "tanf": False,
}
Left = Callable[..., Range]


@pytest.fixture
def left(law: Law, person: Callable[..., Seeker]) -> Left:
    """The range of what is left of a course's costs to a person of these facts."""

    def build(costs: StepCosts, offer: Offer, **facts: object) -> Range:
        seeker = person(**{**ALONE, **facts})
        terms = funding_terms(seeker, screen(seeker, law, TODAY, "TX"), law, TODAY, "TX")
        return out_of_pocket_range(costs, offer, terms)

    return build


@pytest.mark.parametrize(
    ("facts", "low"),
    [
        # 80 percent of the tuition; books and the exam may be paid too.
        ({"active_duty_days": 800}, 1_800.0),
        ({"active_duty_days": 1_095}, 0.0),
        # Days not known, or shorter service that only papers can make enough: it may pay all.
        ({}, 0.0),
        ({"active_duty_days": 60}, 0.0),
    ],
)
def test_a_known_tier_of_the_gi_bill_bounds_what_a_veteran_may_be_left_with(
    left: Left, facts: dict[str, object], low: float
) -> None:
    assert left(StepCosts(9_000.0, 500.0, 200.0), COURSE, veteran=True, **facts) == (low, 9_700.0)


def test_a_tier_pays_no_tuition_of_an_apprenticeship(left: Left) -> None:
    craft = replace(COURSE, kind="apprenticeship", award="apprenticeship")

    assert left(StepCosts(600.0, 0.0, 0.0), craft, veteran=True, active_duty_days=800) == (600.0, 600.0)


def test_days_of_service_of_who_says_not_to_have_served_bound_nothing(left: Left) -> None:
    assert left(StepCosts(9_000.0, 0.0, 0.0), COURSE, veteran=False, active_duty_days=800) == (9_000.0, 9_000.0)


@pytest.mark.parametrize(("index", "pays"), [(0.0, 7_395.0), (-1_500.0, 7_395.0), (4_000.0, 3_395.0)])
def test_a_known_index_lowers_the_pell_award_by_itself(left: Left, index: float, pays: float) -> None:
    school = replace(COURSE, pell=True)

    costs = StepCosts(12_000.0, 0.0, 0.0)

    assert left(costs, school, veteran=False, student_aid_index=index) == (12_000.0 - pays, 12_000.0 - pays)
