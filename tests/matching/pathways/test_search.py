"""The search on the starter set: what it notes of the programs it leaves, and what it leaves untried."""

from datetime import date

import numpy as np
import pytest

from matching.config import MatchConfig
from matching.engine import Solution, solve
from matching.seeker import Constraint, Constraints, HeldCredential, Job, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 22)
PEOPLE = {
    "an aide": Seeker(location=Location(zip="78207"), work_history=(Job(title="nursing home aide", months=30),)),
    "a graduate in a hurry": Seeker(
        location=Location(zip="78207"),
        education_level="high_school_diploma",
        constraints=Constraints(max_weeks_to_better_pay=Constraint(40.0)),
    ),
    "an assistant from nowhere": Seeker(education_level="some_college", credentials=(HeldCredential("CNA"),)),
}


@pytest.fixture(params=PEOPLE.values(), ids=PEOPLE.keys())
def solution(request: pytest.FixtureRequest, starter_world: World) -> Solution:
    return solve(request.param, starter_world, MatchConfig(), DAY)


def test_a_program_is_ruled_out_once_by_screening_or_by_the_search(solution: Solution) -> None:
    still_open = set(solution.screening.open_rows.tolist())

    assert solution.found.rejected.keys() <= still_open


def test_a_program_of_a_plan_is_not_ruled_out(solution: Solution) -> None:
    in_plans = {move.program for path in solution.found.paths for move in path.moves}

    assert in_plans.isdisjoint(solution.found.rejected)


def test_what_hindered_some_path_covers_every_reason_a_program_was_left_for(solution: Solution) -> None:
    assert set(solution.found.rejected.values()) <= solution.found.hindered


def test_the_plans_found_are_those_no_other_beats(solution: Solution) -> None:
    criteria = np.array([path.criteria for path in solution.found.paths])

    for one in criteria:
        assert not ((criteria <= one).all(axis=1) & (criteria < one).any(axis=1)).any()
