"""Money in an answer: a board's training account is spent once in a plan, in the search and in what is shown."""

from dataclasses import replace
from datetime import date

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer import Plan
from matching.config import MatchConfig
from matching.eligibility.law import Law
from matching.engine import match, solve
from matching.seeker import Constraints, Goals, Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 22)
CAP = 1_500.0
CONFIG = MatchConfig()


@pytest.fixture(scope="module")
def capped(starter_world: World) -> World:
    """The starter set, with a small account cap and every job on the board's list."""
    rows = starter_world.snapshot.table("parameters")
    like = replace(rows[0], area="TX:ALAMO", effective_from="2026-07-01", effective_to=None, verified=True)
    codes = starter_world.catalog.occupations.codes
    local = [replace(like, id="ita.cap", value=CAP), *(replace(like, id=f"demand.{code}", value=1.0) for code in codes)]
    return replace(starter_world, law=Law((*rows, *local)))


@pytest.fixture(scope="module")
def seeker() -> Seeker:
    """The person of the documentation with no limits, for whom WIOA appears due, Pell is open and the rest closed."""
    person = read_seeker(PROFILE)
    return replace(
        person,
        constraints=Constraints(work_authorized=True),
        household=replace(person.household, annual_income_usd=90_000.0),
        eligibility=replace(
            person.eligibility, selective_service_compliant=True, snap=False, tanf=False, dislocated=False
        ),
    )


def paid_by_account(plan: Plan) -> float:
    lines = [line for step in plan.steps for line in step.funding if line.stream.startswith("wioa_")]
    return sum(line.amount_usd or 0.0 for line in lines)


def test_no_plan_takes_more_from_the_training_account_than_the_board_puts_in(seeker: Seeker, capped: World) -> None:
    plans = match(seeker, capped, CONFIG, DAY).plans

    taken = [round(paid_by_account(plan), 2) for plan in plans]

    assert max(taken) == CAP
    assert any(sum(step.kind == "training" for step in plan.steps) > 1 for plan in plans)


def test_a_step_whose_account_is_spent_says_so(seeker: Seeker, capped: World) -> None:
    plan = next(p for p in match(seeker, capped, CONFIG, DAY).plans if sum(s.kind == "training" for s in p.steps) > 1)

    last = next(line for line in plan.steps[-1].funding if line.stream == "wioa_adult")

    assert last.amount_usd == 0.0
    assert last.note is not None
    assert "Earlier steps of this plan use up to $1,500 of it." in last.note


def test_the_total_shown_is_the_sum_of_the_steps_and_what_the_search_counted(seeker: Seeker, capped: World) -> None:
    counted = {
        tuple(capped.catalog.programs.records[m.program].id for m in chosen.path.moves): chosen.path
        for chosen in solve(seeker, capped, CONFIG, DAY).selected
    }

    compared = 0
    for plan in match(seeker, capped, CONFIG, DAY).plans:
        path = counted[tuple(step.program.id for step in plan.steps if step.program)]
        if None in plan.totals.out_of_pocket_range_usd:
            continue
        lows, highs = zip(*(step.out_of_pocket_range_usd for step in plan.steps), strict=True)
        assert plan.totals.out_of_pocket_range_usd == pytest.approx((sum(lows), sum(highs)), abs=0.01)
        assert plan.totals.out_of_pocket_range_usd == pytest.approx((path.cost_low, path.cost_high), abs=0.01)
        compared += 1
    assert compared


def test_what_is_left_to_the_person_falls_due_at_the_start_of_each_step(seeker: Seeker, capped: World) -> None:
    for plan in match(seeker, capped, CONFIG, DAY).plans:
        paid = [step for step in plan.steps if step.out_of_pocket_range_usd != (0.0, 0.0)]

        assert [plan.steps[due.step] for due in plan.totals.due] == paid
        assert [due.after_weeks for due in plan.totals.due] == [step.starts_after_weeks for step in paid]
        assert [(due.low_usd, due.high_usd) for due in plan.totals.due] == [s.out_of_pocket_range_usd for s in paid]


def test_an_apprentices_wages_are_income_from_the_first_day(starter_world: World) -> None:
    worker = Seeker(
        location=Location(zip="78207", max_miles=40.0),
        work_history=(Job("construction laborer", months=24, current=True, hourly_wage_usd=16.0),),
        education_level="high_school_diploma",
        goals=Goals(occupations=("47-2111.00",)),
    )

    plan = match(worker, starter_world, CONFIG, DAY).plans[0]

    step = next(step for step in plan.steps if step.kind == "apprenticeship")
    wage = next(s.exit for s in plan.steps if s.exit).wage_usd_per_hour
    assert step.pay_usd_per_hour == min(16.0, wage.p10)
    assert next(part.usd for part in plan.value.parts if part.name == "pay_while_learning") > 0
    assert [line.covers for line in step.funding if line.stream == "apprenticeship"] == [("wages",)]
