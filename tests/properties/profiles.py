"""Profiles drawn at random, and what the properties ask of the method for them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from matching.answer import Answer
from matching.config import MatchConfig
from matching.engine import Solution, match, solve
from matching.seeker import (
    Constraint,
    Constraints,
    EligibilityFacts,
    Goals,
    HeldCredential,
    Household,
    Job,
    Location,
    Seeker,
    StatedSkill,
)
from matching.world import World

DAY = date(2026, 11, 22)
CONFIG = MatchConfig()
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "12"))  # test_many_more.py asks for hundreds
DEEP = 300
F = TypeVar("F", bound=Callable[..., None])

JOBS = [
    "nursing home aide",
    "cashier",
    "warehouse worker",
    "MIG welder",
    "receptionist",
    "LVN",
    "help desk technician",
    "x",
]
CREDENTIALS = ["CNA", "LVN", "CompTIA A+", "CDL", "CCMA", "OSHA 10", "forklift", "phlebotomy technician"]
SKILLS = ["taking vital signs", "forklift", "Excel", "customer service", "soldering", "Python"]
LEVELS = [
    "less_than_high_school",
    "high_school_equivalency",
    "high_school_diploma",
    "some_college",
    "associate",
    "bachelor",
]
ZIPS = ["78207", "78228", "78130", "99999", None]
SECTORS = ["healthcare", "information_technology", "manufacturing", "business", "construction", "transportation"]


def limit(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Constraint[Any] | None]:
    return st.none() | st.builds(Constraint, values, hard=st.booleans())


jobs = st.builds(
    Job,
    title=st.sampled_from(JOBS),
    months=st.none() | st.integers(1, 120),
    ended=st.none() | st.sampled_from(["2019-02", "2024-07", "2026-08"]),
    hourly_wage_usd=st.none() | st.integers(1000, 2600).map(lambda cents: cents / 100),
)
seekers = st.builds(
    Seeker,
    location=st.builds(Location, zip=st.sampled_from(ZIPS), max_miles=st.none() | st.sampled_from([3.0, 10.0, 30.0])),
    work_history=st.lists(jobs, max_size=2, unique_by=lambda job: (job.ended, job.months)).map(tuple),
    education_level=st.none() | st.sampled_from(LEVELS),
    credentials=st.lists(
        st.builds(HeldCredential, name=st.sampled_from(CREDENTIALS)), max_size=2, unique_by=lambda c: c.name
    ).map(tuple),
    skills=st.lists(st.builds(StatedSkill, text=st.sampled_from(SKILLS)), max_size=2, unique_by=lambda s: s.text).map(
        tuple
    ),
    goals=st.builds(Goals, sectors=st.lists(st.sampled_from(SECTORS), max_size=1).map(tuple)),
    constraints=st.builds(
        Constraints,
        schedule=limit(st.sampled_from([("evening",), ("evening", "weekend"), ("day",)])),
        max_weeks_to_better_pay=limit(st.sampled_from([12.0, 40.0, 104.0])),
        max_out_of_pocket_usd=limit(st.sampled_from([0.0, 500.0, 4000.0])),
        study_hours_per_week=limit(st.sampled_from([6.0, 15.0, 30.0])),
        must_earn_while_training=limit(st.booleans()),
        modality=limit(st.sampled_from([("online",), ("in_person", "hybrid")])),
        no_variable_hours=limit(st.booleans()),
        no_overnight_travel=limit(st.booleans()),
        drivers_license=st.sampled_from([None, "none", "standard"]),
        child_care_needed=st.none() | st.booleans(),
    ),
    household=st.builds(Household, adults=st.none() | st.just(1), annual_income_usd=st.none() | st.just(19_000.0)),
    eligibility=st.builds(
        EligibilityFacts, birth_year=st.sampled_from([None, 1994, 2008]), snap=st.none() | st.booleans()
    ),
)


def gate(test: F) -> F:
    """A few profiles; the deep run draws many."""
    decorated: F = settings(
        max_examples=EXAMPLES,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )(test)
    return decorated


class Method:
    """The method on one world. No dataclass: Hypothesis would print the world, a megabyte, with a failing example."""

    def __init__(self, world: World) -> None:
        self.world = world

    def answer(self, seeker: Seeker) -> Answer:
        """The whole answer on the day of the tests."""
        return match(seeker, self.world, CONFIG, DAY)

    def solve(self, seeker: Seeker) -> Solution:
        """What the search found."""
        return solve(seeker, self.world, CONFIG, DAY)


def best(found: Solution) -> float:
    return max((path.value for path in found.found.paths), default=0.0)


def limited(seeker: Seeker, **changed: object) -> Seeker:
    constraints: dict[str, Any] = changed
    return replace(seeker, constraints=replace(seeker.constraints, **constraints))
