"""Jobs a person names: by a code, which is taken at its word, or in words, read together and each as alone."""

from datetime import date

import pytest

from matching.answer import Resolved
from matching.jobs_named import Goal, read_ahead, read_jobs, unknown_codes
from matching.seeker import Goals, Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 22)
AIDE, AIDE_CODE = "nursing home aide", "31-1131.00"
NOT_IN_THE_DATA = "99-9999.00"


def named(*jobs: Job, wanted: tuple[str, ...] = ()) -> Seeker:
    return Seeker(location=Location(zip="78207"), work_history=jobs, goals=Goals(occupations=wanted))


def past(world: World, *jobs: Job) -> tuple[Resolved, ...]:
    return read_jobs(named(*jobs), world, DAY)[0]


def wanted(world: World, *texts: str) -> tuple[Goal, ...]:
    return read_jobs(named(wanted=texts), world, DAY)[1]


def test_a_code_is_taken_at_its_word_whatever_the_title(starter_world: World) -> None:
    (job,) = past(starter_world, Job(title=AIDE, onet_code="41-2011.00"))

    assert (job.text, job.code, job.confirm) == (AIDE, "41-2011.00", False)


def test_a_code_that_is_not_in_the_data_is_said_and_the_words_are_read(starter_world: World) -> None:
    job = Job(title=AIDE, onet_code=NOT_IN_THE_DATA)

    assert [read.code for read in past(starter_world, job)] == [AIDE_CODE]
    assert [NOT_IN_THE_DATA in said for said in unknown_codes(named(job), starter_world)] == [True]


def test_a_code_alone_that_is_not_in_the_data_is_not_understood(starter_world: World) -> None:
    job = Job(onet_code=NOT_IN_THE_DATA)

    assert [(read.text, read.code) for read in past(starter_world, job)] == [(NOT_IN_THE_DATA, None)]
    assert unknown_codes(named(job), starter_world) == ()  # said once: that it is not understood


def test_duties_say_what_was_done_where_no_title_does(starter_world: World) -> None:
    assert [read.code for read in past(starter_world, Job(duties=AIDE))] == [AIDE_CODE]


@pytest.mark.parametrize("text", ["49-9021.00", "49-9021", "HVAC technician"])
def test_a_job_wanted_may_be_named_by_either_code_or_by_a_title(starter_world: World, text: str) -> None:
    (goal,) = wanted(starter_world, text)

    assert (goal.resolved.text, goal.resolved.code) == (text, "49-9021.00")
    assert goal.rows == (starter_world.catalog.occupations.row["49-9021.00"],)


@pytest.mark.parametrize("text", ["99-9999", NOT_IN_THE_DATA, "xqzvw plork"])
def test_a_job_wanted_that_means_nothing_is_no_occupation(starter_world: World, text: str) -> None:
    (goal,) = wanted(starter_world, text)

    assert (goal.resolved.text, goal.resolved.code, goal.rows) == (text, None, ())


def test_each_job_keeps_its_own_reading_among_others(starter_world: World) -> None:
    jobs = (
        Job(title="cashier"),
        Job(onet_code="51-4121.00"),
        Job(title="helper", duties="line cook"),
        Job(title=AIDE),
    )
    texts = ("welder", "49-9021", "phlebotomist")

    together = read_jobs(named(*jobs, wanted=texts), starter_world, DAY)

    assert together[0] == tuple(read for job in jobs for read in past(starter_world, job))
    assert together[1] == tuple(goal for text in texts for goal in wanted(starter_world, text))


def test_what_was_read_ahead_is_not_looked_up_again(starter_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World.from_snapshot(starter_world.snapshot)
    people = [named(Job(title=f"{kind} welder")) for kind in ("night", "day")] + [named(wanted=("barber",))]
    expected = [read_jobs(person, starter_world, DAY) for person in people]

    read_ahead(people, world, DAY)

    monkeypatch.setattr(world.resolver._titles, "score", None)  # looking a title up would fail now
    assert [read_jobs(person, world, DAY) for person in people] == expected
