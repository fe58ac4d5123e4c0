"""Why a plan: the job wanted first, where some were named."""

from datetime import date

from matching.answer import Plan
from matching.config import MatchConfig
from matching.engine import match
from matching.seeker import Goals, HeldCredential, Job, Location, Seeker
from matching.wording import say
from matching.world import World

DAY = date(2026, 11, 27)


def plans(world: World, *wanted: str) -> tuple[Plan, ...]:
    seeker = Seeker(
        location=Location(zip="78207"), education_level="high_school_diploma", goals=Goals(occupations=wanted)
    )
    return match(seeker, world, MatchConfig(), DAY).plans


def test_of_several_jobs_wanted_each_plan_names_the_one_it_serves(starter_world: World) -> None:
    found = plans(starter_world, "registered nurse", "truck driver")

    assert {plan.target.onet_code for plan in found} == {"29-1141.00", "53-3032.00"}
    assert all(plan.reasons[0] == say("reason.wanted", job=plan.target.title) for plan in found)


def test_where_no_job_was_named_no_plan_speaks_of_wishes(starter_world: World) -> None:
    assert not [reason for plan in plans(starter_world) for reason in plan.reasons if "work you want" in reason]


def test_a_wanted_job_that_no_plan_leads_to_is_named(starter_world: World) -> None:
    def said(*wanted: str) -> list[str]:
        seeker = Seeker(location=Location(zip="78207"), goals=Goals(occupations=wanted))
        return [n for n in match(seeker, starter_world, MatchConfig(), DAY).notices if "None of these plans" in n]

    [notice] = said("registered nurse", "cashier")

    assert notice.endswith(": Cashiers.")
    assert said("registered nurse", "29-1141") == []


def test_a_plan_to_work_that_is_open_without_it_says_so_with_its_pay(starter_world: World) -> None:
    seeker = Seeker(
        location=Location(zip="78207"),
        education_level="some_college",
        work_history=(Job(title="barista", months=30, current=True, hourly_wage_usd=12.0),),
        credentials=(HeldCredential("Google IT Support Professional Certificate"),),
        goals=Goals(sectors=("it",)),
    )

    answer = match(seeker, starter_world, MatchConfig(), DAY)

    now = {one.exit.onet_code: one.exit for one in answer.open_now}
    told = {p.target.onet_code: [r for r in p.reasons if "weigh the course" in r] for p in answer.plans}
    assert now.keys() & told.keys()
    for code, said in told.items():
        assert bool(said) is (code in now)
