"""The way to class: by a board's table where there is one, unknown elsewhere, and what a limit of time does with it."""

from dataclasses import replace
from datetime import date

import numpy as np

from matching.config import MatchConfig
from matching.eligibility.law import Law
from matching.engine import Solution, match, solve
from matching.seeker import Job, Location, Seeker
from matching.travel_table import TableTimes
from matching.world import World
from taxonomy.law import MINUTES_A_MILE, Parameter

DAY = date(2026, 11, 27)
RIDER = Seeker(
    location=Location(zip="78207", modes=("transit", "walk"), max_miles=10.0),
    work_history=(Job(title="nursing home aide", months=30, hourly_wage_usd=13.0),),
    education_level="high_school_diploma",
)


def with_table(world: World, **minutes_a_mile: float) -> World:
    """The world of a board whose file gives minutes a mile."""
    rows = [
        Parameter(f"{MINUTES_A_MILE}{mode}", rate, "minutes a mile", "TX:ALAMO", "2026-07-01", None, "Board table",
                  "https://example.org", "2026-07-01", verified=True)
        for mode, rate in minutes_a_mile.items()
    ]  # fmt: skip
    return replace(world, travel=TableTimes(Law(rows)))


def in_time(minutes: float) -> Seeker:
    return replace(RIDER, location=replace(RIDER.location, max_minutes=minutes))


def solved(seeker: Seeker, world: World) -> Solution:
    return solve(seeker, world, MatchConfig(), DAY)


def test_without_a_table_the_time_is_unknown_said_and_asked_but_rules_nothing_out(starter_world: World) -> None:
    answer = match(RIDER, starter_world, MatchConfig(), DAY)

    away = [s.program for p in answer.plans for s in p.steps if s.program and s.program.modality != "online"]
    assert away
    assert all([way.mode for way in program.travel] == ["transit", "walk"] for program in away)
    assert all(way.minutes is None for program in away for way in program.travel)
    assert any("How long is the way to class" in q for plan in answer.plans for q in plan.questions)
    assert "travel_time" not in solved(in_time(30.0), starter_world).screening.counts


def test_a_driver_without_a_limit_of_time_is_not_asked(starter_world: World) -> None:
    driver = replace(RIDER, location=replace(RIDER.location, modes=("car",)))

    answer = match(driver, starter_world, MatchConfig(), DAY)

    assert not any("How long is the way to class" in q for plan in answer.plans for q in plan.questions)


def test_a_board_s_table_gives_minutes_that_are_shown_with_their_source(starter_world: World) -> None:
    answer = match(RIDER, with_table(starter_world, transit=9.0), MatchConfig(), DAY)

    shown = [
        (s.program.distance_miles, way)
        for p in answer.plans
        for s in p.steps
        if s.program and s.program.distance_miles is not None
        for way in s.program.travel
        if way.mode == "transit"
    ]
    assert shown
    for miles, way in shown:
        assert way.minutes is not None
        assert abs(way.minutes - 9.0 * miles) <= 1.0
        assert way.source == "Board table, 2026-07-01"


def test_a_limit_of_time_rules_out_only_where_every_means_is_known(starter_world: World) -> None:
    one = solved(in_time(30.0), with_table(starter_world, transit=9.0))
    both = solved(in_time(30.0), with_table(starter_world, transit=9.0, walk=24.0))

    assert "travel_time" not in one.screening.counts
    far = both.screening.miles * 9.0 > 30.0
    assert both.screening.counts["travel_time"] > 0
    away = np.array([both.screening.reason(row) == "travel_time" for row in range(len(far))])
    assert far[away].all()


def test_more_minutes_never_take_a_program_away_and_what_they_open_is_told(starter_world: World) -> None:
    world = with_table(starter_world, transit=9.0, walk=24.0)

    tight, loose = solved(in_time(20.0), world), solved(in_time(40.0), world)

    assert set(tight.screening.open_rows) <= set(loose.screening.open_rows)
    given = [r for r in match(in_time(20.0), world, MatchConfig(), DAY).relaxations if r.constraint == "travel_time"]
    assert all((r.from_, r.to) == (20.0, 40.0) and r.opens_plans > 0 for r in given)
