"""Better paid work that is open without a course is told, and nothing is that the person could not enter."""

from dataclasses import replace
from datetime import date

import pytest

from matching.answer_exits import OpenNow
from matching.config import MatchConfig
from matching.engine import match
from matching.seeker import Constraint, Constraints, Goals, HeldCredential, Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 27)
TRUCKS, TECHNICIANS, WELDERS = "53-3032.00", "29-2052.00", "51-4121.00"
CDL = HeldCredential("CDL Class A", state="TX", expires="2030-01")
CASHIER = Job(title="cashier", months=30, current=True, hourly_wage_usd=13.0)
AT_THE_TILL = Seeker(location=Location(zip="78207"), education_level="high_school_diploma", work_history=(CASHIER,))


def ready(world: World, seeker: Seeker) -> dict[str, OpenNow]:
    return {one.exit.onet_code: one for one in match(seeker, world, MatchConfig(), DAY).open_now}


def driver(**fields: object) -> Seeker:
    return replace(AT_THE_TILL, credentials=(CDL,), **fields)  # type: ignore[arg-type]


def worked_before(title: str, **fields: object) -> Seeker:
    past = Job(title=title, months=60, ended="2024-01")
    return replace(AT_THE_TILL, work_history=(CASHIER, past), **fields)  # type: ignore[arg-type]


def test_a_licence_opens_its_job_at_the_wage_of_a_newcomer(starter_world: World) -> None:
    trucks = ready(starter_world, driver())[TRUCKS]

    assert (trucks.basis, trucks.credential and trucks.credential.id) == ("credential", "cdl-a")
    assert trucks.exit.counted_wage_usd_per_hour == trucks.exit.wage_usd_per_hour.p25
    assert trucks.exit.link_basis == "credential"


def test_of_a_licence_and_what_it_is_made_of_the_higher_one_speaks(starter_world: World) -> None:
    assert {one.credential.id for one in ready(starter_world, driver()).values() if one.credential} == {"cdl-a"}


def test_a_certificate_opens_its_job_to_a_newcomer_at_the_lower_end(starter_world: World) -> None:
    held = replace(AT_THE_TILL, credentials=(HeldCredential("CPhT", expires="2030-01"),))

    technicians = ready(starter_world, held)[TECHNICIANS]

    assert technicians.exit.counted_wage_usd_per_hour == technicians.exit.wage_usd_per_hour.p10


def test_the_best_paid_comes_first_and_each_job_once(starter_world: World) -> None:
    answer = match(driver(), starter_world, MatchConfig(), DAY)

    paid = [one.exit.counted_wage_usd_per_hour for one in answer.open_now]
    assert paid == sorted(paid, reverse=True)
    assert len({one.exit.onet_code for one in answer.open_now}) == len(paid)


@pytest.mark.parametrize(
    "seeker",
    [
        pytest.param(AT_THE_TILL, id="nothing held"),
        pytest.param(replace(AT_THE_TILL, credentials=(replace(CDL, expires="2020-01"),)), id="ran out"),
        pytest.param(driver(work_history=(replace(CASHIER, hourly_wage_usd=45.0),)), id="pays less"),
        pytest.param(driver(goals=Goals(exclude_sectors=("transportation",))), id="unwanted sector"),
        pytest.param(
            driver(constraints=Constraints(no_overnight_travel=Constraint(value=True))), id="nights away refused"
        ),
    ],
)
def test_what_is_not_held_not_better_or_not_wanted_is_not_told(seeker: Seeker, starter_world: World) -> None:
    assert TRUCKS not in ready(starter_world, seeker)


def test_better_paid_work_done_before_is_open_again(starter_world: World) -> None:
    welding = ready(starter_world, worked_before("welder"))[WELDERS]

    assert (welding.basis, welding.credential) == ("work", None)


def test_nobody_is_told_to_have_done_work_that_was_read_with_a_doubt(starter_world: World) -> None:
    doubtful = match(worked_before("welding in prison shop"), starter_world, MatchConfig(), DAY)

    assert doubtful.understood.work_history[1].confirm
    assert not [job for job in doubtful.open_now if job.basis == "work"]


def test_work_done_before_that_asks_for_a_licence_is_open_only_to_who_names_one(starter_world: World) -> None:
    assert TRUCKS not in ready(starter_world, worked_before("truck driver"))
    assert TRUCKS in ready(starter_world, worked_before("truck driver", credentials=(CDL,)))


def test_the_usual_work_is_not_told_as_new(starter_world: World) -> None:
    def at_work(title: str) -> Seeker:
        return driver(work_history=(Job(title=title, months=60, current=True, hourly_wage_usd=13.0),))

    assert WELDERS not in ready(starter_world, at_work("welder"))
    assert TRUCKS not in ready(starter_world, at_work("truck driver"))


def test_that_plans_are_not_compared_with_it_is_said_where_there_is_any(starter_world: World) -> None:
    def said(seeker: Seeker) -> bool:
        return any("open to you now" in notice for notice in match(seeker, starter_world, MatchConfig(), DAY).notices)

    assert said(driver())
    assert not said(AT_THE_TILL)


def test_no_course_is_said_to_open_what_is_open_without_one(starter_world: World) -> None:
    def led_to(seeker: Seeker) -> set[str]:
        plans = match(seeker, starter_world, MatchConfig(), DAY).plans
        return {step.exit.onet_code for plan in plans for step in plan.steps if step.exit}

    wanting = Goals(occupations=("truck driver",))

    assert TRUCKS in led_to(replace(AT_THE_TILL, goals=wanting))
    assert TRUCKS not in led_to(driver(goals=wanting))


def test_work_done_before_that_goes_with_a_certificate_is_open_only_to_who_names_one(starter_world: World) -> None:
    aides, held = "31-1131.00", HeldCredential("CNA", state="TX", expires="2030-01")

    assert aides not in ready(starter_world, worked_before("nurse aide"))
    assert aides in ready(starter_world, worked_before("nurse aide", credentials=(held,)))
