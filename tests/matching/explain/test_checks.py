"""Checks of a course: when its credential runs out is said wherever it is known, and asked where it is not."""

from dataclasses import replace
from datetime import date

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer import Answer
from matching.config import MatchConfig
from matching.engine import match
from matching.explain.checks import Checks, _of_credential, _of_length, _of_listing
from matching.wording import say
from matching.world import World


@pytest.fixture(scope="module")
def answer(starter_world: World) -> Answer:
    return match(read_seeker(PROFILE), starter_world, MatchConfig(), date(2026, 11, 22))


def test_a_credential_that_runs_out_says_after_how_many_months(answer: Answer, starter_world: World) -> None:
    taught = [s for plan in answer.plans for s in plan.steps if s.kind == "training" and s.credential]

    expiring = 0
    for step in taught:
        known = starter_world.catalog.credentials.get((step.credential.id if step.credential else None) or "")
        said = [check for check in step.checks if "runs out" in check]
        if known is None:
            assert said == []
        elif known.valid_months is not None:
            expiring += 1
            assert [f"after {known.valid_months} months" in check for check in said] == [True]
        else:
            assert bool(said) is ("validity_unknown" in known.flags)
    assert expiring


def test_a_span_of_weeks_is_told_with_both_ends(starter_world: World) -> None:
    program = replace(starter_world.catalog.programs.records[0], weeks=22.0, weeks_basis="span", weeks_least=13.0)

    said = list(_of_length(program))

    assert said == ["The list gives the length as 13 to 22 weeks. The plan counts the longest."]


def test_start_and_seats_are_told_where_the_list_gives_them_a_full_course_among_them(starter_world: World) -> None:
    silent = replace(starter_world.catalog.programs.records[0], updated_on=None)
    full = replace(silent, starts_on="2027-01-11", seats=0)

    assert list(_of_listing(silent)) == []
    assert list(_of_listing(full)) == [say("check.starts_on", day="2027-01-11"), say("check.seats", seats=0)]


def test_an_apprenticeship_of_a_year_is_no_school_year_of_class_weeks(starter_world: World) -> None:
    course = replace(starter_world.catalog.programs.records[0], weeks=104.0, weeks_basis="listed", kind="training")

    assert list(_of_length(course)) == [say("check.school_year")]
    assert list(_of_length(replace(course, kind="apprenticeship"))) == []


@pytest.mark.parametrize("age", [None, 18, 20, 21, 58])
def test_who_may_be_under_21_is_told_that_commercial_driving_stays_within_the_state(
    age: int | None, starter_world: World
) -> None:
    credentials = starter_world.catalog.credentials
    checks = Checks({}, age=age)

    assert (say("check.between_states") in list(checks._of_age(credentials["cdl-a"], 18))) is (age in (None, 18, 20))
    assert say("check.between_states") not in list(checks._of_age(credentials["cna"], 18))


def test_a_commercial_license_says_what_it_asks_of_every_driver(starter_world: World) -> None:
    credentials = starter_world.catalog.credentials

    assert say("check.commercial_driver") in list(_of_credential(credentials["cdl-a"]))
    assert say("check.commercial_driver") not in list(_of_credential(credentials["cna"]))
