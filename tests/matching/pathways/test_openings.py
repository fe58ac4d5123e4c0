"""Openings: which jobs a course opens to a person, by its length, the person's past work and their schooling."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.pathways.openings import Offers, PersonOpenings, Standing
from matching.reading import read_person
from matching.seeker import Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 27)
CONFIG = MatchConfig()
HELP_DESK = "15-1232.00"  # job zone 3: 2.5 % of 2,080 hours are 52
Opened = Callable[[float, Seeker], bool]


def newcomer(**fields: object) -> Seeker:
    plain = Seeker(location=Location(zip="78207"), education_level="some_college")
    return replace(plain, **fields)  # type: ignore[arg-type]


OF_THE_FIELD = newcomer(work_history=(Job(title="help desk technician", months=30),))


@pytest.fixture
def opens(starter_world: World) -> Opened:
    """Whether the A+ courses, were they all so many hours long, open the help desk to a person."""
    catalog = starter_world.catalog
    rows = list(catalog.programs.rows_of["a-plus"])
    job = catalog.occupations.row[HELP_DESK]

    def with_hours(hours: float) -> Catalog:
        every = catalog.programs.clock_hours.copy()
        every[rows] = hours
        return replace(catalog, programs=replace(catalog.programs, clock_hours=every))

    def opened(hours: float, seeker: Seeker) -> bool:
        nothing = np.zeros(len(catalog.occupations.codes), np.bool_)
        none = Standing(nothing, nothing)
        person = read_person(seeker, starter_world, DAY).person
        programs = np.array(rows)
        openings = PersonOpenings(person, none, Offers.of(with_hours(hours), CONFIG), CONFIG, programs)
        groups = set(openings.of(programs).tolist())
        return all(any(o.occupation == job for o in openings.group(group)) for group in groups)

    return opened


def test_a_course_long_enough_to_teach_what_an_exam_asks_opens_its_job_to_a_newcomer(opens: Opened) -> None:
    assert opens(52.0, newcomer())
    assert opens(np.nan, newcomer())


def test_one_that_only_rehearses_the_exam_opens_it_to_people_of_the_field_alone(opens: Opened) -> None:
    assert not opens(16.0, newcomer())
    assert opens(16.0, OF_THE_FIELD)


def test_a_course_that_earns_nothing_we_know_does_not_open_the_work_a_person_does_already(starter_world: World) -> None:
    catalog, everything = starter_world.catalog, np.arange(len(starter_world.catalog.programs.records))
    nothing = np.zeros(len(catalog.occupations.codes), np.bool_)
    offers, nobody = Offers.of(catalog, CONFIG), read_person(newcomer(), starter_world, DAY).person

    def opened(**changes: object) -> set[tuple[int, bool]]:
        """Jobs opened, and whether by a credential we know."""
        person = replace(nobody, **changes)  # type: ignore[arg-type]
        found = PersonOpenings(person, Standing(nothing, nothing), offers, CONFIG, everything)
        groups = set(found.of(everything).tolist())
        return {(o.occupation, o.basis == "credential") for group in groups for o in found.group(group)}

    plain = opened()
    by_neither = {job for job, known in plain if not known}
    for job in sorted(by_neither):
        at_work = opened(usual_occupation=job)

        assert (job, False) not in at_work
        assert ((job, True) in at_work) is ((job, True) in plain)
        assert (job, False) in opened(usual_occupation=job, doubtful=frozenset([job]))
    assert by_neither
