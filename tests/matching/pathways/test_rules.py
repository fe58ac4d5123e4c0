"""Rules between credentials as columns: what an award asks for, for one person, before any course and after some."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.moves import Person
from matching.pathways.rules import WEEKS_PER_MONTH, Rules, Standing, lay_foundations, spans
from matching.reading import read_person
from matching.seeker import Seeker
from matching.world import World
from taxonomy.credentials import StackRule

DAY = date(2026, 11, 22)
AWARDS = ("aide", "helper", "nurse", "chief")
NURSE, CHIEF = AWARDS.index("nurse"), AWARDS.index("chief")


def rule(lower: str, upper: str, group: str | None = None, months: int | None = None) -> StackRule:
    return StackRule(lower, upper, "required", group, months, None, None, verified=True, source="drawn", edition="1")


# A nurse was an aide or a helper before, the helper for six months; a chief was a nurse.
RULES = Rules.of_awards(
    lay_foundations(
        {
            "nurse": (rule("aide", "nurse", "entry"), rule("helper", "nurse", "entry", months=6)),
            "chief": (rule("nurse", "chief", months=12),),
        },
        {"helper": (7,), "nurse": (8,)},
    ),
    AWARDS,
)


@pytest.fixture
def person(starter_world: World) -> Person:
    nobody = read_person(Seeker(education_level="associate"), starter_world, DAY).person
    return replace(nobody, held=frozenset(), worked_months={})


def asked(person: Person, award: int, *gained: str, learning: float = 0.0) -> tuple[float, bool]:
    """Weeks owed before an award after some gains, each learned at work for so long, and whether one is missing."""
    awards = np.array([[AWARDS.index(name) for name in gained]], np.int64).reshape(1, -1)
    learned = np.full(awards.shape, learning)
    wait, lacks = Standing.of(RULES, person).after(np.array([award]), awards, learned)
    return float(wait[0]), bool(lacks[0])


def test_awards_are_paired_with_what_they_stack_on() -> None:
    pairs = {(AWARDS[a], AWARDS[b]) for a, b in zip(RULES.below.tolist(), RULES.above.tolist(), strict=True)}

    assert pairs == {("aide", "nurse"), ("helper", "nurse"), ("nurse", "chief")}
    assert [name for name, is_so in zip(AWARDS, RULES.required.tolist(), strict=True) if is_so] == [
        "aide", "helper", "nurse",
    ]  # fmt: skip
    assert [name for name, is_so in zip(AWARDS, RULES.counted.tolist(), strict=True) if is_so] == ["helper", "nurse"]


def test_before_any_course_only_awards_that_ask_for_nothing_are_open(person: Person) -> None:
    wait, lacks = Standing.of(RULES, person).at_first()

    assert lacks.tolist() == [False, False, True, True]
    assert wait.tolist() == [0.0] * 4


def test_one_alternative_of_a_group_is_enough_and_the_one_that_owes_least_counts(person: Person) -> None:
    assert asked(person, NURSE) == (0.0, True)
    assert asked(person, NURSE, "aide") == (0.0, False)
    assert asked(person, NURSE, "helper") == (6 * WEEKS_PER_MONTH, False)
    assert asked(person, NURSE, "helper", "aide") == (0.0, False)


def test_what_is_held_counts_like_what_is_gained(person: Person) -> None:
    holder = replace(person, held=frozenset({"nurse"}))

    wait, lacks = Standing.of(RULES, holder).at_first()

    assert (float(wait[CHIEF]), bool(lacks[CHIEF])) == (12 * WEEKS_PER_MONTH, False)


def test_work_done_and_weeks_of_an_apprenticeship_are_taken_off_what_is_owed(person: Person) -> None:
    worked = replace(person, worked_months={8: 4.0})

    assert asked(worked, CHIEF, "nurse") == (pytest.approx(8 * WEEKS_PER_MONTH), False)
    assert asked(worked, CHIEF, "nurse", learning=10.0) == (pytest.approx(8 * WEEKS_PER_MONTH - 10.0), False)
    assert asked(worked, CHIEF, "nurse", learning=99.0) == (0.0, False)


def test_awards_with_and_without_a_gain_are_judged_each_after_its_own_path(person: Person) -> None:
    gained = np.array([[AWARDS.index("aide")], [AWARDS.index("nurse")], [AWARDS.index("helper")]])

    wait, lacks = Standing.of(RULES, person).after(np.array([NURSE, CHIEF, CHIEF]), gained, np.zeros((3, 1)))

    assert wait.tolist() == [0.0, 12 * WEEKS_PER_MONTH, 0.0]
    assert lacks.tolist() == [False, False, True]


def test_no_rules_ask_for_nothing(person: Person) -> None:
    wait, lacks = Standing.of(Rules.of_awards({}, AWARDS), person).at_first()

    assert not lacks.any()
    assert not wait.any()


def test_spans_are_counted_from_each_start() -> None:
    assert spans(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
