"""A plan's funding: one training account for all its steps, and a sum that is the sum of the steps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.plans import PlanFunding, PlanStep, fund_plan, plan_range
from matching.eligibility.screening import screen
from matching.eligibility.terms import StepCosts, funding_terms
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
Plan = Callable[..., PlanFunding]


@pytest.fixture(scope="session")
def plan(rows: tuple[Parameter, ...], person: Callable[..., Seeker]) -> Plan:
    def build(*steps: PlanStep, cap: float | None = 4_000.0, **facts: object) -> PlanFunding:
        local = [("demand.31-1131.00", 1.0), *([] if cap is None else [("ita.cap", cap)])]
        like = replace(rows[0], area="TX:ALAMO", effective_from="2026-07-01", effective_to=None, verified=True)
        law = Law((*rows, *(replace(like, id=name, value=value) for name, value in local)))
        verdicts = screen(person(**{**SETTLED, **facts}), law, TODAY, "TX:ALAMO")
        terms = funding_terms(verdicts, law, TODAY, "TX:ALAMO")
        funded = fund_plan(steps, verdicts, terms)
        assert plan_range(steps, terms) == pytest.approx(funded.out_of_pocket_range_usd, abs=0.02)
        return funded

    return build


def step(tuition: float | None, after: float | None = 0.0, **offer: object) -> PlanStep:
    return PlanStep(StepCosts(tuition, 0.0, 0.0), replace(COURSE, **offer), after)


def test_what_the_first_step_takes_from_the_account_the_second_cannot(plan: Plan) -> None:
    funded = plan(step(3_000.0), step(3_000.0, 22.0))

    assert [s.out_of_pocket_usd for s in funded.steps] == [0.0, 2_000.0]
    assert funded.out_of_pocket_usd == 2_000.0
    assert funded.account.certain_usd == 4_000.0


def test_each_share_falls_due_when_its_step_begins(plan: Plan) -> None:
    funded = plan(step(5_000.0), step(1_000.0, 22.0), step(500.0, None))

    assert [(d.step, d.after_weeks, d.high_usd) for d in funded.due] == [
        (0, 0.0, 1_000.0),
        (1, 22.0, 1_000.0),
        (2, None, 500.0),
    ]


def test_a_step_the_account_might_pay_uses_up_its_best_case_too(plan: Plan) -> None:
    funded = plan(step(3_000.0, on_provider_list=None), step(3_000.0, 22.0))

    # At best the account pays 4,000 of 6,000; it is sure to pay 3,000, for the second step.
    assert funded.out_of_pocket_range_usd == (2_000.0, 3_000.0)


def test_a_plan_with_a_step_of_unknown_cost_has_no_total_but_names_what_is_known(plan: Plan) -> None:
    funded = plan(step(5_000.0), step(None, 22.0))

    assert funded.out_of_pocket_range_usd == (None, None)
    assert funded.out_of_pocket_usd is None
    assert funded.known_out_of_pocket_range_usd == (1_000.0, 1_000.0)
    assert any("tuition" in question for question in funded.questions)


def test_a_cap_that_is_not_known_is_promised_to_no_step(plan: Plan) -> None:
    funded = plan(step(3_000.0), step(3_000.0, 22.0), cap=None)

    assert funded.out_of_pocket_range_usd == (0.0, 6_000.0)


def test_a_plan_without_steps_costs_nothing(plan: Plan) -> None:
    assert plan().out_of_pocket_range_usd == (0.0, 0.0)


MONEY = st.floats(0, 20_000).map(lambda usd: round(usd, 2))
STEPS = st.lists(
    st.builds(
        step,
        MONEY,
        st.none() | st.floats(0, 200),
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
def test_the_sum_is_the_sum_of_the_steps_and_the_account_never_pays_beyond_its_cap(
    plan: Plan, steps: list[PlanStep], cap: float | None, facts: dict[str, object]
) -> None:
    funded = plan(*steps, cap=cap, **facts)

    low, high = funded.out_of_pocket_range_usd
    assert low is not None
    assert high is not None
    assert low <= high + 0.05
    assert sum(d.low_usd or 0.0 for d in funded.due) == pytest.approx(low, abs=0.02)
    assert sum(d.high_usd or 0.0 for d in funded.due) == pytest.approx(high, abs=0.02)
    if cap is not None:
        assert funded.account.certain_usd <= cap + 0.01
        assert funded.account.possible_usd <= cap + 0.01


@given(steps=STEPS, cap=st.floats(100, 9_000).map(round))
def test_the_order_of_steps_does_not_change_what_a_plan_costs(plan: Plan, steps: list[PlanStep], cap: float) -> None:
    forwards, backwards = plan(*steps, cap=cap), plan(*reversed(steps), cap=cap)

    assert forwards.out_of_pocket_range_usd == pytest.approx(backwards.out_of_pocket_range_usd, abs=0.05)
