"""A plan's funding: one training account for all its steps, however many."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility.funding import FundingStack
from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.plans import PlanStep, fund_plan
from matching.eligibility.screening import screen
from matching.eligibility.terms import Bill, StepCosts, bill_of, funding_terms
from matching.seeker import Seeker
from taxonomy.law import Parameter

TODAY = date(2026, 11, 22)
# WIOA adult appears due, and every other stream appears closed.
SETTLED = {
    "birth_year": 1990,
    "education_level": "bachelor",
    "work_authorized": True,
    "selective_service_compliant": True,
    "snap": False,
    "tanf": False,
    "veteran": False,
    "dislocated": False,
    "employment_status": "employed",
}
COURSE = Offer(
    kind="training",
    award="license",
    pell=False,
    weeks=20.0,
    clock_hours=600.0,
    on_provider_list=True,
    nurse_aide=False,
    in_demand=True,
)
Plan = Callable[..., tuple[FundingStack, ...]]


@pytest.fixture(scope="session")
def plan(rows: tuple[Parameter, ...], person: Callable[..., Seeker]) -> Plan:
    def build(*steps: PlanStep, cap: float | None = 4_000.0, **facts: object) -> tuple[FundingStack, ...]:
        local = [("demand.31-1131.00", 1.0), *([] if cap is None else [("ita.cap", cap)])]
        like = replace(rows[0], area="TX:ALAMO", effective_from="2026-07-01", effective_to=None, verified=True)
        law = Law((*rows, *(replace(like, id=name, value=value) for name, value in local)))
        seeker = person(**{**SETTLED, **facts})
        verdicts = screen(seeker, law, TODAY, "TX:ALAMO")
        terms = funding_terms(seeker, verdicts, law, TODAY, "TX:ALAMO")
        funded = fund_plan(steps, verdicts, terms)
        bills = [bill_of(step.costs, step.offer, terms) for step in steps]
        if None not in bills:
            # The cap laid on the sum of the bills is what the search counts with.
            together = sum((bill for bill in bills if bill), Bill())
            assert together.range(terms.cap_usd) == pytest.approx(total(funded), abs=0.02)
        return funded

    return build


def step(tuition: float | None, **offer: object) -> PlanStep:
    return PlanStep(StepCosts(tuition, 0.0, 0.0), replace(COURSE, **offer))


def total(funded: Sequence[FundingStack]) -> tuple[float, float]:
    lows, highs = zip((0.0, 0.0), *(stack.out_of_pocket_range_usd for stack in funded), strict=True)
    return sum(low or 0.0 for low in lows), sum(high or 0.0 for high in highs)


def test_what_the_first_step_takes_from_the_account_the_second_cannot(plan: Plan) -> None:
    funded = plan(step(3_000.0), step(3_000.0))

    assert [s.out_of_pocket_usd for s in funded] == [0.0, 2_000.0]
    assert funded[-1].account.certain_usd == 4_000.0


def test_a_step_the_account_might_pay_uses_up_its_best_case_too(plan: Plan) -> None:
    funded = plan(step(3_000.0, on_provider_list=None), step(3_000.0))

    # At best the account pays 4,000 of 6,000; it is sure to pay 3,000, for the second step.
    assert total(funded) == (2_000.0, 3_000.0)


def test_a_step_of_unknown_cost_stays_unknown_becomes_a_question_and_leaves_the_account_alone(plan: Plan) -> None:
    funded = plan(step(3_000.0), step(None), step(3_000.0))

    assert [s.out_of_pocket_range_usd for s in funded] == [(0.0, 0.0), (None, None), (2_000.0, 2_000.0)]
    assert any("tuition" in question for question in funded[1].questions)


def test_a_cap_that_is_not_known_is_promised_to_no_step(plan: Plan) -> None:
    funded = plan(step(3_000.0), step(3_000.0), cap=None)

    assert total(funded) == (0.0, 6_000.0)


def test_a_plan_without_steps_needs_no_funding(plan: Plan) -> None:
    assert plan() == ()


MONEY = st.floats(0, 20_000).map(lambda usd: round(usd, 2))
STEPS = st.lists(
    st.builds(
        step,
        MONEY,
        on_provider_list=st.none() | st.booleans(),
        weeks=st.none() | st.floats(1, 100),
        in_demand=st.none() | st.booleans(),
        pell=st.none() | st.booleans(),
        nurse_aide=st.booleans(),
    ),
    max_size=4,
)
FACTS = st.fixed_dictionaries(
    {
        "education_level": st.sampled_from(["high_school_diploma", "bachelor", None]),
        "annual_income_usd": st.sampled_from([9_000.0, 80_000.0, None]),
        "work_authorized": st.none() | st.booleans(),
    }
)


@given(steps=STEPS, cap=st.none() | st.floats(100, 9_000).map(round), facts=FACTS)
def test_the_steps_come_to_the_bills_under_one_cap_and_the_account_never_pays_beyond_it(
    plan: Plan, steps: list[PlanStep], cap: float | None, facts: dict[str, object]
) -> None:
    funded = plan(*steps, cap=cap, **facts)

    low, high = total(funded)
    assert low <= high + 0.05
    if cap is not None and funded:
        assert funded[-1].account.certain_usd <= cap + 0.01
        assert funded[-1].account.possible_usd <= cap + 0.01


@given(steps=STEPS, cap=st.floats(100, 9_000).map(round))
def test_the_order_of_steps_does_not_change_what_a_plan_costs(plan: Plan, steps: list[PlanStep], cap: float) -> None:
    forwards, backwards = plan(*steps, cap=cap), plan(*reversed(steps), cap=cap)

    assert total(forwards) == pytest.approx(total(backwards), abs=0.05)
