"""What is not known of a program never helps it against one that is known to be as good.

The catalog of the starter set is changed in one figure of one program, everything else equal.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import Method, gate, limited, seekers

from matching.engine import Solution
from matching.explain.selection import select
from matching.moves import Move, Opening, Rate
from matching.moves import Path as Way
from matching.seeker import Constraint, Seeker

KNOWN_GOOD = 1.0


def knowing(method: Method, row: int) -> Method:
    """The method on a world where one program, whose evening classes were not known, is known to have them."""
    evening = np.array(method.world.catalog.programs.evening)
    evening[row] = KNOWN_GOOD
    programs = replace(method.world.catalog.programs, evening=evening)
    return Method(replace(method.world, catalog=replace(method.world.catalog, programs=programs)))


def overall(found: Solution) -> set[int]:
    return {move.program for s in found.selected if "overall" in s.best_at for move in s.path.moves}


@gate
@given(seekers)
def test_a_program_is_never_best_overall_because_its_schedule_is_not_known(method: Method, seeker: Seeker) -> None:
    evenings = limited(seeker, schedule=Constraint(("evening",)))

    for row in sorted(overall(method.solve(evenings))):
        if np.isnan(method.world.catalog.programs.evening[row]):
            assert row in overall(knowing(method, row).solve(evenings))


def way(*, concerns: int, value: float = 5_000.0, program: int = 0) -> Way:
    opening = Opening(program, 20.0, 20.0, 15.0, 0, "credential", 1.0)
    move = Move(
        award=f"c{program}", program=program, kind="training", support=None, weeks=10.0, exam_weeks=0.0,
        hours_per_week=10.0, cost_low=0.0, cost_high=100.0, completion=Rate(4, 1), employment=Rate(4, 1), evidence=4,
        concerns=("schedule",) * concerns, openings=(opening,), education_required=0, education_awarded=0, rung=2,
        sectors=frozenset(),
    )  # fmt: skip
    return Way(
        moves=(move,), openings=(opening,), waits=(0.0,), value=value, weeks=10.0, cost_high=100.0, wage=20.0,
        better_pay_after=10.0, evidence=4, concerns=concerns,
    )  # fmt: skip


@pytest.mark.parametrize("first", [0, 1])
@given(worth_more=st.sampled_from([0.0, 1.0, 4_900.0]))
def test_of_two_good_ways_the_one_with_an_open_question_is_never_best_overall(first: int, worth_more: float) -> None:
    sure, open_question = way(concerns=0, program=0), way(concerns=1, program=1, value=5_000.0 + worth_more)
    listed = [sure, open_question] if first == 0 else [open_question, sure]

    chosen = select(listed, 6)

    assert [s.path for s in chosen if "overall" in s.best_at] == [sure]
