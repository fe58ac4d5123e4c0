"""What a board's file and what is known of a person's tier and index mean for the money, as a search reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.screening import screen
from matching.eligibility.terms import FundingTerms, Range, StepCosts, funding_terms, out_of_pocket_range
from matching.seeker import Seeker
from taxonomy.law import Parameter

TODAY = date(2026, 11, 22)


@pytest.fixture
def terms(rows: tuple[Parameter, ...], person: Callable[..., Seeker]) -> Callable[..., FundingTerms]:
    def build(**amounts: float) -> FundingTerms:
        like = replace(rows[0], area="TX:ALAMO", effective_from="2026-07-01", effective_to=None, verified=True)
        law = Law((*rows, *(replace(like, id=name, value=value) for name, value in amounts.items())))
        return funding_terms(person(), screen(person(), law, TODAY, "TX:ALAMO"), law, TODAY, "TX:ALAMO")

    return build


@pytest.mark.parametrize(
    ("jobs", "value"),
    [(["31-1131.00"], True), (["29-2061.00", "31-1131.00"], True), (["29-2061.00"], False), ([], None)],
)
def test_a_program_is_in_demand_when_one_of_its_jobs_is_on_the_boards_list(
    terms: Callable[..., FundingTerms], jobs: list[str], *, value: bool | None
) -> None:
    assert terms(**{"demand.31-1131.00": 1.0}).in_demand(jobs) is value


def test_without_a_list_nothing_is_known_of_demand(terms: Callable[..., FundingTerms]) -> None:
    assert terms().in_demand(["31-1131.00"]) is None
    assert not terms().demand_list_known


def test_a_program_is_approved_for_workforce_pell_only_by_a_list(terms: Callable[..., FundingTerms]) -> None:
    with_list = terms(**{"workforce_pell.approved.tx-1-a": 1.0})

    assert (with_list.approved("tx-1-a"), with_list.approved("tx-1-b")) == (True, False)
    assert terms().approved("tx-1-a") is None


def test_a_boards_cap_and_budgets_are_read_and_a_missing_cap_is_not_zero(terms: Callable[..., FundingTerms]) -> None:
    known = terms(**{"ita.cap": 4_000.0, "support.transport": 300.0, "support.child_care": 900.0})

    assert known.cap_usd == 4_000.0
    assert [row.id for row in known.support_budgets] == ["support.child_care", "support.transport"]
    assert terms().cap_usd is None


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
    "work_authorized": True,
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
