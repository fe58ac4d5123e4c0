"""The method by example on the starter set, from one step to the hardest: read from A01 on, it says what plans are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.answer import Answer, Plan, Step
from matching.config import MatchConfig
from matching.engine import match, solve
from matching.seeker import (
    Constraint,
    Constraints,
    EligibilityFacts,
    Goals,
    HeldCredential,
    Job,
    Language,
    Location,
    Seeker,
)
from matching.world import World

DAY = date(2026, 11, 27)
Ask = Callable[[Seeker], Answer]

PICKER = Seeker(
    location=Location(zip="78207", max_miles=30.0),
    work_history=(Job(title="warehouse order picker", months=40, ended="2026-09", hourly_wage_usd=15.0),),
    education_level="high_school_diploma",
)
AIDE = replace(
    PICKER,
    work_history=(Job(title="nursing home aide", months=30, ended="2026-09", hourly_wage_usd=13.5),),
    credentials=(HeldCredential("CNA", "TX"),),
    goals=Goals(sectors=("healthcare",)),
)


@pytest.fixture
def ask(starter_world: World) -> Ask:
    return lambda seeker: match(seeker, starter_world, MatchConfig(), DAY)


def taught(plan: Plan) -> list[str]:
    """Credentials a plan teaches, in order."""
    steps = [s for s in plan.steps if s.kind in ("training", "apprenticeship")]
    return [s.credential.id or "" for s in steps if s.credential]


def steps(answer: Answer) -> list[Step]:
    return [step for plan in answer.plans for step in plan.steps]


def test_a01_one_course_and_its_exam_open_a_job_that_pays_more(ask: Ask) -> None:
    plan = next(p for p in ask(replace(PICKER, goals=Goals(sectors=("transportation",)))).plans if "cdl-a" in taught(p))

    course, exam = plan.steps
    assert (course.kind, exam.kind) == ("training", "exam")
    assert course.exit is None
    assert exam.exit is not None
    assert exam.exit.counted_wage_usd_per_hour > 15.0
    assert exam.starts_after_weeks == course.weeks


def test_a02_what_the_person_holds_is_not_sold_again(ask: Ask) -> None:
    assert not any("cna" in taught(plan) for plan in ask(AIDE).plans)


def test_a03_each_exit_of_a_ladder_is_a_job_and_pays_more_than_the_one_before(ask: Ask) -> None:
    ladders = [plan for plan in ask(replace(AIDE, credentials=())).plans if len(taught(plan)) > 1]

    assert ladders
    for plan in ladders:
        pays = [step.exit.counted_wage_usd_per_hour for step in plan.steps if step.exit]
        assert pays == sorted(pays)
        assert pays[-1] > pays[0] or len(pays) == 1


def test_a04_a_licence_held_opens_the_bridge_and_the_full_course_is_no_longer_way(ask: Ask) -> None:
    nurse = replace(
        AIDE,
        credentials=(HeldCredential("LVN", "TX"),),
        work_history=(Job(title="LVN", months=60, current=True, hourly_wage_usd=25.0),),
    )

    answer = ask(nurse)

    assert any("rn-bridge" in taught(plan) for plan in answer.plans)
    assert all(plan.target.onet_code != "29-2061.00" for plan in answer.plans)


def test_a05_a_job_that_pays_less_is_never_a_target_only_a_step_to_one_that_pays_more(ask: Ask) -> None:
    paid = replace(AIDE, work_history=(replace(AIDE.work_history[0], hourly_wage_usd=20.0),), credentials=())

    for plan in ask(paid).plans:
        last = [step.exit for step in plan.steps if step.exit][-1]
        assert last.counted_wage_usd_per_hour > 20.0
        assert last.onet_code == plan.target.onet_code


def test_a06_an_apprentice_is_paid_from_the_first_day(ask: Ask) -> None:
    trade = ask(replace(PICKER, goals=Goals(sectors=("construction",))))

    apprenticeships = [step for step in steps(trade) if step.kind == "apprenticeship"]
    assert apprenticeships
    for step in apprenticeships:
        assert step.pay_usd_per_hour is not None
        assert step.pay_usd_per_hour > 0
        # No list states the steps of pay, so none are invented: the first pay is counted, and the answer asks.
        assert any("29 CFR 29.5" in check and f"${step.pay_usd_per_hour:.2f}" in check for check in step.checks)


def test_a07_english_comes_before_a_licence_whose_rule_asks_for_it(ask: Ask) -> None:
    learner = replace(
        PICKER,
        goals=Goals(sectors=("transportation",)),
        languages=(Language("es", "native"), Language("en", "basic")),
    )

    plan = next(p for p in ask(learner).plans if "cdl-a" in taught(p))

    assert plan.steps[0].kind == "bridge"
    assert plan.steps[1].starts_after_weeks is None
    assert plan.totals.weeks is None


def test_a08_a_record_warns_with_the_way_round_and_moves_nothing(ask: Ask) -> None:
    plain = replace(PICKER, goals=Goals(sectors=("transportation",)))

    with_record = ask(replace(plain, constraints=Constraints(convictions=("felony theft 2018",))))

    assert [plan.id for plan in with_record.plans] == [plan.id for plan in ask(plain).plans]
    assert any("waiver" in check for step in steps(with_record) for check in step.checks)


def test_a09_a_firm_limit_takes_out_is_counted_and_says_what_it_would_open(ask: Ask) -> None:
    at_home = Constraints(no_overnight_travel=Constraint(value=True, hard=True))

    answer = ask(replace(PICKER, goals=Goals(sectors=("transportation",)), constraints=at_home))

    assert not any("cdl-a" in taught(plan) for plan in answer.plans)
    assert "no_overnight_travel" in {ruled.constraint for ruled in answer.ruled_out}
    assert "no_overnight_travel" in {given.constraint for given in answer.relaxations}


def test_a10_no_plan_is_an_answer_with_its_reasons(ask: Ask) -> None:
    stuck = replace(
        PICKER,
        work_history=(Job(title="mechanical engineer", months=90, current=True, hourly_wage_usd=58.0),),
        education_level="bachelor",
    )

    answer = ask(stuck)

    assert answer.plans == ()
    assert answer.ruled_out
    assert any("No plan fits all of this" in notice for notice in answer.notices)


def test_a11_every_relaxation_is_true_when_it_is_done(starter_world: World, ask: Ask) -> None:
    limits = Constraints(study_hours_per_week=Constraint(8.0), no_variable_hours=Constraint(value=True))
    poor = replace(PICKER, constraints=limits)

    def best(seeker: Seeker) -> float:
        return max((path.value for path in solve(seeker, starter_world, MatchConfig(), DAY).found.paths), default=0.0)

    hours = [given for given in ask(poor).relaxations if given.constraint == "study_hours_per_week"]
    assert hours
    for given in hours:
        loose = replace(poor, constraints=replace(limits, study_hours_per_week=Constraint(float(given.to))))
        assert given.gain_usd == pytest.approx(max(0.0, best(loose) - best(poor)), abs=0.01)


def test_a12_a_whole_life_of_limits_still_gets_true_plans(ask: Ask) -> None:
    mother = replace(
        AIDE,
        location=Location(zip="78207", modes=("transit",), max_miles=10.0),
        education_level="less_than_high_school",
        languages=(Language("es", "native"), Language("en", "basic")),
        constraints=Constraints(
            schedule=Constraint(("evening", "weekend"), hard=False),
            max_out_of_pocket_usd=Constraint(500.0, hard=False),
            no_variable_hours=Constraint(value=True, hard=True),
            child_care_needed=True,
        ),
        eligibility=EligibilityFacts(birth_year=1990, snap=True),
    )

    answer = ask(mother)

    for plan in answer.plans:
        assert plan.target.onet_code not in ("31-1121.00", "31-1122.00", "29-1141.00", "29-2061.00")
        assert any("child care" in said for said in plan.unknowns)
        assert all({"variable_hours", "hazard"} <= {q.kind for q in s.exit.job_quality} for s in plan.steps if s.exit)
    assert answer.plans or answer.relaxations
