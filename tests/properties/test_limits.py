"""For every profile on the starter set: more of anything never makes the best plan worse, and limits only limit."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import CREDENTIALS, SKILLS, Method, best, gate, limited, seekers

from matching.seeker import Constraint, HeldCredential, Seeker, StatedSkill

# More of anything never makes the best plan worse


@gate
@given(seekers, st.sampled_from(SKILLS))
def test_one_more_skill_never_lowers_the_best_plan(method: Method, seeker: Seeker, skill: str) -> None:
    more = replace(seeker, skills=(*seeker.skills, StatedSkill(skill)))

    assert best(method.solve(more)) >= best(method.solve(seeker)) - 0.01


@gate
@given(seekers, st.sampled_from(CREDENTIALS))
def test_one_more_credential_loses_no_plan_but_those_that_teach_it_or_that_a_bridge_from_it_outdoes(
    method: Method, seeker: Seeker, name: str
) -> None:
    before = method.solve(seeker)
    after = method.solve(replace(seeker, credentials=(*seeker.credentials, HeldCredential(name))))
    held = after.reading.person.held

    outdone = {row for row, reason in enumerate(after.screening.out) if reason == "shorter_way"}
    kept = [
        path.value
        for path in before.found.paths
        if held.isdisjoint(path.gained) and outdone.isdisjoint(move.program for move in path.moves)
    ]

    assert best(after) >= max(kept, default=0.0) - 0.01


LOOSER: dict[str, tuple[float, float]] = {
    "max_out_of_pocket_usd": (500.0, 501.0),
    "study_hours_per_week": (15.0, 16.0),
    "max_weeks_to_better_pay": (40.0, 41.0),
}


@pytest.mark.parametrize("name", LOOSER)
@gate
@given(seeker=seekers)
def test_a_dollar_an_hour_or_a_week_more_never_lowers_the_best_plan(method: Method, name: str, seeker: Seeker) -> None:
    tight, loose = (method.solve(limited(seeker, **{name: Constraint(v)})) for v in LOOSER[name])

    assert best(loose) >= best(tight) - 0.01
    assert set(tight.screening.open_rows) <= set(loose.screening.open_rows)


@gate
@given(seekers)
def test_a_mile_more_never_lowers_the_best_plan(method: Method, seeker: Seeker) -> None:
    near, far = (
        method.solve(replace(seeker, location=replace(seeker.location, max_miles=miles))) for miles in (10.0, 11.0)
    )

    assert best(far) >= best(near) - 0.01
    assert set(near.screening.open_rows) <= set(far.screening.open_rows)


# Limits limit


STRICT: dict[str, Any] = {
    "schedule": ("evening",),
    "modality": ("online",),
    "study_hours_per_week": 8.0,
    "must_earn_while_training": True,
    "max_out_of_pocket_usd": 0.0,
    "max_weeks_to_better_pay": 20.0,
    "no_variable_hours": True,
    "no_overnight_travel": True,
}


@pytest.mark.parametrize("name", STRICT)
@gate
@given(seeker=seekers)
def test_a_hard_limit_brings_in_no_program_and_a_soft_one_takes_none_away(
    method: Method, name: str, seeker: Seeker
) -> None:
    free = method.solve(limited(seeker, **{name: None}))
    soft = method.solve(limited(seeker, **{name: Constraint(STRICT[name], hard=False)}))
    hard = method.solve(limited(seeker, **{name: Constraint(STRICT[name])}))

    shown = {move.program for chosen in hard.selected for move in chosen.path.moves}

    assert shown <= set(free.screening.open_rows)
    assert set(hard.screening.open_rows) <= set(soft.screening.open_rows) == set(free.screening.open_rows)
    assert best(hard) <= best(soft) + 0.01
