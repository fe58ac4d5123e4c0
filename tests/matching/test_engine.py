"""The engine whole, on the profile of the documentation: what the stages give each other, and what the answer names."""

from dataclasses import replace
from datetime import date

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer import Answer
from matching.config import METHOD_VERSION, MatchConfig
from matching.engine import Solution, match, solve
from matching.seeker import Seeker
from matching.world import World

DAY = date(2026, 11, 22)
CONFIG = MatchConfig()


@pytest.fixture(scope="module")
def seeker() -> Seeker:
    return read_seeker(PROFILE)


@pytest.fixture(scope="module")
def answer(seeker: Seeker, starter_world: World) -> Answer:
    return match(seeker, starter_world, CONFIG, DAY)


@pytest.fixture(scope="module")
def solution(seeker: Seeker, starter_world: World) -> Solution:
    return solve(seeker, starter_world, CONFIG, DAY)


def beats(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a != b and all(x <= y for x, y in zip(a, b, strict=True))


def test_an_answer_names_its_day_its_data_its_method_and_the_person(
    answer: Answer, seeker: Seeker, starter_world: World
) -> None:
    assert answer.as_of == "2026-11-22"
    assert answer.snapshot == starter_world.snapshot.digest
    assert answer.method_version == METHOD_VERSION
    assert answer.reference == seeker.reference == "A-1042"


def test_the_sample_gets_three_plans_none_of_which_another_beats(answer: Answer, solution: Solution) -> None:
    shown = [chosen.path.criteria for chosen in solution.selected]

    assert len(answer.plans) >= 3
    assert [a for a in shown if any(beats(b, a) for b in shown)] == []


def test_the_sample_gets_a_ladder_of_two_credentials_each_with_a_job_at_its_end(answer: Answer) -> None:
    ladders = [plan for plan in answer.plans if sum(step.kind == "training" for step in plan.steps) >= 2]

    assert ladders
    assert all(sum(step.exit is not None for step in plan.steps) >= 2 for plan in ladders)


def test_each_job_of_a_ladder_pays_more_than_the_one_before(solution: Solution) -> None:
    for chosen in solution.selected:
        wages = [opening.wage for opening in chosen.path.openings if opening]
        assert wages == sorted(set(wages))


def test_the_plans_written_are_the_paths_selected_in_their_order(answer: Answer, solution: Solution) -> None:
    assert [plan.best_at for plan in answer.plans] == [chosen.best_at for chosen in solution.selected]
    for plan, chosen in zip(answer.plans, solution.selected, strict=True):
        assert plan.value.expected_usd == pytest.approx(chosen.path.value, abs=0.03)


def test_a_smaller_number_of_plans_keeps_the_first(seeker: Seeker, starter_world: World, answer: Answer) -> None:
    one = match(seeker, starter_world, replace(CONFIG, max_plans=1), DAY)

    assert one.plans == answer.plans[:1]


def test_a_later_day_ends_what_expires_before_it(seeker: Seeker, starter_world: World) -> None:
    after = solve(seeker, starter_world, CONFIG, date(2027, 6, 1))

    assert "cna" not in after.reading.person.held


def test_steps_follow_each_other_and_a_support_runs_beside_its_course(answer: Answer) -> None:
    for plan in answer.plans:
        week = 0.0
        for step in plan.steps:
            if step.starts_after_weeks is not None:
                assert step.starts_after_weeks == pytest.approx(week)
            if step.kind != "support" and step.weeks is not None:
                week += step.weeks


def test_a_match_changes_nothing_it_was_given(seeker: Seeker, starter_world: World) -> None:
    before = repr(seeker)

    match(seeker, starter_world, CONFIG, DAY)

    assert repr(seeker) == before
    assert MatchConfig() == CONFIG
