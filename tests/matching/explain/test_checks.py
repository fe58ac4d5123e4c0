"""Checks of a course: when its credential runs out is said wherever it is known, and asked where it is not."""

from datetime import date

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer import Answer
from matching.config import MatchConfig
from matching.engine import match
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
