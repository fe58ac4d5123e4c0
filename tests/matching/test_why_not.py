"""Why something is not in the answer: every program that leads there has exactly one fate, and the answer agrees."""

from dataclasses import replace
from datetime import date

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from app.services.answering import MatchEngine
from matching.config import MatchConfig
from matching.engine import solve
from matching.seeker import Goals, HeldCredential, Job, Location, Seeker
from matching.why_not import BEATEN, IN_ANSWER, NOT_SHOWN, OTHER_JOB, explain_why_not
from matching.wording import say
from matching.world import World

DAY = date(2026, 11, 22)
CONFIG = MatchConfig()


@pytest.fixture(scope="module")
def world(engine: MatchEngine) -> World:
    return World.from_snapshot(engine.snapshot)


@pytest.fixture(scope="module")
def seeker() -> Seeker:
    return read_seeker(PROFILE)


def test_a_program_of_the_answer_is_said_to_be_in_it(seeker: Seeker, world: World) -> None:
    shown = solve(seeker, world, CONFIG, DAY).selected[0].path.moves[0].program

    found = explain_why_not(world.catalog.programs.records[shown].id, solve(seeker, world, CONFIG, DAY), world)

    assert [fate.reason for fate in found.fates] == [IN_ANSWER]


def test_a_program_ruled_out_has_the_reason_of_the_screening(seeker: Seeker, world: World) -> None:
    out = solve(seeker, world, CONFIG, DAY).screening.out
    reasons = {reason: row for row, reason in enumerate(out) if reason is not None}

    for reason, row in reasons.items():
        found = explain_why_not(world.catalog.programs.records[row].id, solve(seeker, world, CONFIG, DAY), world)
        assert [fate.reason for fate in found.fates] == [reason]


def test_every_program_has_a_fate_and_only_those_of_the_answer_are_in_it(seeker: Seeker, world: World) -> None:
    solution = solve(seeker, world, CONFIG, DAY)
    shown = {move.program for chosen in solution.selected for move in chosen.path.moves}
    known = {IN_ANSWER, NOT_SHOWN, BEATEN, *solution.screening.counts, *solution.found.rejected.values()}

    for row in range(0, len(world.catalog.programs.records), 40):
        found = explain_why_not(world.catalog.programs.records[row].id, solve(seeker, world, CONFIG, DAY), world)
        (fate,) = found.fates
        assert fate.reason in known
        assert (fate.reason == IN_ANSWER) == (row in shown)


def test_the_programs_to_an_occupation_are_all_accounted_for(seeker: Seeker, world: World) -> None:
    nurses = world.catalog.occupations.row["29-1141.00"]
    leading = sum(any(link.occupation == nurses for link in links) for links in world.catalog.programs.exits)

    found = explain_why_not("29-1141.00", solve(seeker, world, CONFIG, DAY), world)

    assert found.kind == "occupation"
    assert sum(fate.count for fate in found.fates) == leading > 0


def test_a_credential_held_is_not_sold_again(seeker: Seeker, world: World) -> None:
    held = min(solve(seeker, world, CONFIG, DAY).reading.person.held)

    found = explain_why_not(held, solve(seeker, world, CONFIG, DAY), world)

    assert found.kind == "credential"
    assert found.sentences[0] == "You hold it already, so no course for it is shown."


def test_a_credential_no_program_leads_to_says_so(seeker: Seeker, world: World) -> None:
    untaught = next(c for c in sorted(world.catalog.credentials) if c not in world.catalog.programs.rows_of)

    found = explain_why_not(untaught, solve(seeker, world, CONFIG, DAY), world)

    assert found.sentences[-1] == "No program in the data in use leads there."
    assert found.fates == ()


def test_an_occupation_barred_as_a_target_says_why(seeker: Seeker, world: World) -> None:
    occupations = world.catalog.occupations
    barring = replace(occupations, barred=("postsecondary_teacher", *occupations.barred[1:]))
    barred_world = replace(world, catalog=replace(world.catalog, occupations=barring))

    found = explain_why_not(occupations.codes[0], solve(seeker, barred_world, CONFIG, DAY), barred_world)

    assert found.sentences[0] == "It is never a target of a course: postsecondary teacher."


def test_a_job_that_is_not_wanted_is_said_to_be_so(seeker: Seeker, world: World) -> None:
    wants_nursing = replace(seeker, goals=Goals(occupations=("29-2061.00",)))

    found = explain_why_not("31-9097.00", solve(wants_nursing, world, CONFIG, DAY), world)

    assert "You want other jobs, and every plan ends in one of those." in found.sentences
    assert OTHER_JOB in {fate.reason for fate in found.fates}
    assert BEATEN not in {fate.reason for fate in found.fates}


def test_a_soc_code_is_asked_about_like_the_onet_code_it_covers(seeker: Seeker, world: World) -> None:
    solution = solve(seeker, world, CONFIG, DAY)

    by_soc, by_onet = (explain_why_not(code, solution, world) for code in ("31-9097", "31-9097.00"))

    assert by_soc.fates == by_onet.fates
    assert by_soc.title == by_onet.title


def test_a_code_that_is_none_has_no_kind(seeker: Seeker, world: World) -> None:
    assert explain_why_not("no-such-code", solve(seeker, world, CONFIG, DAY), world).kind is None


def test_an_occupation_that_pays_no_more_is_said_to_be_no_target(seeker: Seeker, world: World) -> None:
    solution = solve(seeker, world, CONFIG, DAY)
    person = solution.reading.person
    aide = world.catalog.occupations.row["31-1131.00"]

    found = explain_why_not("31-1131.00", solution, world)

    assert person.wages.p25[aide] < person.usual_wage * 1.05
    assert found.sentences[0].startswith(f"New people earn about ${person.wages.p25[aide]:.2f} an hour")
    assert f"${person.usual_wage:.2f}" in found.sentences[0]


def test_an_occupation_that_asks_for_experience_says_how_much(seeker: Seeker, world: World) -> None:
    asks = int(world.catalog.occupations.experience_months.argmax())

    found = explain_why_not(world.catalog.occupations.codes[asks], solve(seeker, world, CONFIG, DAY), world)

    months = world.catalog.occupations.experience_months[asks]
    assert world.catalog.occupations.barred[asks] or any(f"{months} months" in s for s in found.sentences)


def test_a_job_that_is_open_without_a_course_is_said_to_be(world: World) -> None:
    driver = Seeker(
        location=Location(zip="78207"),
        work_history=(Job(title="cashier", months=30, hourly_wage_usd=13.0),),
        credentials=(HeldCredential("CDL Class A", expires="2030-01"),),
    )

    found = explain_why_not("53-3032.00", solve(driver, world, CONFIG, DAY), world)

    assert found.sentences[0] == say("why_not.open_now")
