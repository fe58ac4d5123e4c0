"""Which steps of a limit are tried, and which of them is told: the mildest that opens a plan."""

from dataclasses import replace
from datetime import date

import pytest

from matching.config import MatchConfig
from matching.engine import match
from matching.moves import Found, Opening, Path
from matching.relaxing import Trial, list_trials, relaxations
from matching.seeker import Constraint, Constraints, Goals, HeldCredential, Job, Location, Seeker
from matching.world import World

LIMITED = Seeker(constraints=Constraints(max_weeks_to_better_pay=Constraint(30.0)))
STEPS = (78.0, 104.0, 156.0, 260.0)


@pytest.mark.parametrize(
    ("opens_from", "tried", "told"),
    [
        (78.0, [78.0], 78.0),
        (156.0, [78.0, 260.0, 104.0, 156.0], 156.0),
        (260.0, [78.0, 260.0, 104.0, 156.0], 260.0),
        (261.0, [78.0, 260.0], None),
    ],
)
def test_the_mildest_step_that_opens_a_plan_is_told_and_none_is_tried_twice_or_where_the_farthest_opens_nothing(
    opens_from: float, tried: list[float], told: float | None
) -> None:
    trials, asked = list_trials(LIMITED), list[float]()

    def search(trial: Trial) -> Found:
        asked.append(trial.to)
        return Found([Path(openings=(None,), value=100.0)] if trial.to >= opens_from else [])

    found = relaxations(trials, {"max_weeks_to_better_pay"}, Found(), search)

    assert tuple(trial.to for trial in trials) == STEPS
    assert asked == tried
    assert [relaxation.to for relaxation in found] == ([] if told is None else [told])


def test_what_a_limit_opens_is_measured_against_the_best_plan_only_where_there_is_one() -> None:
    [trial] = [trial for trial in list_trials(LIMITED) if trial.to == STEPS[0]]
    known = Path(openings=(None,), value=100.0)
    new = Path(openings=(Opening(1, 20.0, 20.0, 18.0, 0, "credential", 1.0),), value=350.0)

    def sentence(before: list[Path]) -> str:
        [told] = relaxations([trial], {trial.constraint}, Found(before), lambda _: Found([*before, new]))
        return told.sentence

    assert (
        sentence([known])
        == "Better pay within 78 weeks: 1 further plan, the best worth $250 more than the best so far."
    )
    assert sentence([]) == "Better pay within 78 weeks: 1 plan, the best worth $350."


def test_jobs_wanted_and_the_distance_nobody_set_give_way_only_where_there_is_no_plan(starter_world: World) -> None:
    near, far = Location(zip="78207"), Location(zip="78058")  # San Antonio, and a town 80 miles from it
    wanting = Seeker(
        location=near, goals=Goals(occupations=("registered nurse",)), education_level="high_school_diploma"
    )

    def opened(seeker: Seeker) -> set[str]:
        return {r.constraint for r in match(seeker, starter_world, MatchConfig(), date(2026, 11, 27)).relaxations}

    assert not {"occupations", "distance"} & opened(wanting)
    assert "occupations" in opened(replace(wanting, goals=Goals(occupations=("cashier",))))
    assert "distance" in opened(replace(wanting, location=far))


def test_a_license_that_past_work_asks_for_and_nobody_named_is_tried_as_held(starter_world: World) -> None:
    nurse = Seeker(
        location=Location(zip="78207"),
        work_history=(Job(title="LVN", months=60, hourly_wage_usd=20.0),),
        education_level="some_college",
    )
    name = "Licensed vocational (practical) nurse"

    def told(seeker: Seeker) -> list[tuple[object, object, str]]:
        answer = match(seeker, starter_world, MatchConfig(), date(2026, 11, 27))
        return [(r.from_, r.to, r.sentence) for r in answer.relaxations if r.constraint == "credentials"]

    [(before, after, sentence)] = told(nurse)
    assert (before, after) == ((), (name,))
    assert sentence.startswith(f"If you hold this: {name}: ")
    assert told(replace(nurse, credentials=(HeldCredential("LVN", expires="2030-01"),))) == []
    # What was named and is not in force is no unknown.
    assert told(replace(nurse, credentials=(HeldCredential("LVN", expires="2020-01"),))) == []
