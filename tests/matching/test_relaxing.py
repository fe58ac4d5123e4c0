"""Which steps of a limit are tried, and which of them is told: the mildest that opens a plan."""

import numpy as np
import pytest

from matching.moves import Found, Path, Screening
from matching.relaxing import Trial, list_trials, relaxations
from matching.seeker import Constraint, Constraints, Seeker

LIMITED = Seeker(constraints=Constraints(max_weeks_to_better_pay=Constraint(30.0)))
NOTHING_SCREENED = Screening(np.zeros(0), np.zeros(0), {})
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

    found = relaxations(trials, NOTHING_SCREENED, Found(hindered=frozenset({"max_weeks_to_better_pay"})), search)

    assert tuple(trial.to for trial in trials) == STEPS
    assert asked == tried
    assert [relaxation.to for relaxation in found] == ([] if told is None else [told])
