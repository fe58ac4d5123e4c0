"""Exits say what their pay may cost the household, and what the board says the household needs."""

from dataclasses import replace
from datetime import date

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.config import MatchConfig
from matching.eligibility.law import Law
from matching.engine import match
from matching.world import World
from taxonomy.law import Parameter

DAY = date(2026, 11, 22)
SEEKER = read_seeker(PROFILE)  # one adult with two children in San Antonio, who receives SNAP


def test_each_exit_above_the_limit_is_flagged_and_no_other(starter_world: World) -> None:
    answer = match(SEEKER, starter_world, MatchConfig(), DAY)

    exits = [(step, step.exit) for plan in answer.plans for step in plan.steps if step.exit]
    assert any(ends.benefits_at_risk for _, ends in exits)
    for step, ends in exits:
        flagged = [risk.benefit for risk in ends.benefits_at_risk]
        # $45,084 a year is the limit of Texas for three: see test_benefits.
        assert flagged == (["snap"] if ends.counted_wage_usd_per_hour * 2080 > 45_084 else [])
        assert {risk.sentence for risk in ends.benefits_at_risk} <= set(step.checks)


def test_what_the_household_receives_moves_no_plan(starter_world: World) -> None:
    without = replace(SEEKER, eligibility=replace(SEEKER.eligibility, medicaid=True, child_care_subsidy=True))

    one = match(SEEKER, starter_world, MatchConfig(), DAY)
    other = match(without, starter_world, MatchConfig(), DAY)

    assert [(p.id, p.best_at, p.value) for p in one.plans] == [(p.id, p.best_at, p.value) for p in other.plans]


def test_the_boards_wage_is_set_beside_the_pay_of_each_exit(starter_world: World) -> None:
    row = Parameter(
        "self_sufficiency.1a2c", 22.0, "USD an hour", "TX:ALAMO", "2026-07-01", None, "Board policy 12", "x",
        "2026-11-22", verified=True,
    )  # fmt: skip
    rows = [*starter_world.snapshot.table("parameters"), row]

    answer = match(SEEKER, replace(starter_world, law=Law(rows)), MatchConfig(), DAY)

    assert answer.self_sufficiency is not None
    assert answer.self_sufficiency.wage_usd_per_hour == 22.0
    for plan in answer.plans:
        for step in plan.steps:
            if step.exit:
                assert step.exit.meets_self_sufficiency is (step.exit.counted_wage_usd_per_hour >= 22.0)
        enough = plan.steps[-1].exit is not None and plan.steps[-1].exit.counted_wage_usd_per_hour >= 22.0
        said = "It pays what a household like yours needs" if enough else "At first it pays less than a household"
        assert any(reason.startswith(said) for reason in plan.reasons)
