"""Child care stands beside each class in the same weeks, with who may pay; its cost is unknown, and so is the total."""

from dataclasses import replace
from datetime import date

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer import CHILD_CARE, Plan, Step
from matching.answer_household import LivingCost
from matching.config import MatchConfig
from matching.engine import match
from matching.explain.child_care import with_child_care
from matching.household import household_of
from matching.world import World

DAY = date(2026, 11, 27)
SEEKER = read_seeker(PROFILE)  # needs child care, receives SNAP


def is_child_care(step: Step) -> bool:
    return step.kind == "support" and step.provider is None


def plans(world: World, *, needed: bool) -> tuple[Plan, ...]:
    constraints = replace(SEEKER.constraints, child_care_needed=needed)
    return match(replace(SEEKER, constraints=constraints), world, MatchConfig(), DAY).plans


def test_each_class_has_child_care_in_the_same_weeks_before_it(starter_world: World) -> None:
    for plan in plans(starter_world, needed=True):
        classes = [number for number, step in enumerate(plan.steps) if step.kind == "training"]
        assert classes
        for number in classes:
            care, course = plan.steps[number - 1], plan.steps[number]
            assert is_child_care(care)
            assert (care.starts_after_weeks, care.weeks) == (course.starts_after_weeks, course.weeks)
            assert (care.cost_usd, care.out_of_pocket_usd, care.out_of_pocket_range_usd) == (None, None, (0.0, None))
            assert [f.stream for f in care.funding] == [f.stream for f in course.funding if CHILD_CARE in f.covers]
            assert care.funding
        assert "Part of the cost is not known." in plan.unknowns
        assert any("child care" in unknown.casefold() for unknown in plan.unknowns)
        # A sum without it would stand in a sentence and nowhere in the data.
        assert not any(unknown.startswith("You may pay between") for unknown in plan.unknowns)


def test_child_care_moves_no_plan_and_leaves_the_total_open(starter_world: World) -> None:
    def others(plan: Plan) -> list[Step]:
        return [step for step in plan.steps if not is_child_care(step)]

    with_care, without = plans(starter_world, needed=True), plans(starter_world, needed=False)

    assert [(p.id, p.best_at, p.value) for p in with_care] == [(p.id, p.best_at, p.value) for p in without]
    for one, other in zip(with_care, without, strict=True):
        assert others(one) == list(other.steps)
        assert one.totals.weeks == other.totals.weeks
        assert one.totals.out_of_pocket_range_usd == (other.totals.out_of_pocket_range_usd[0], None)
        due = [one.steps[due.step] for due in one.totals.due if not is_child_care(one.steps[due.step])]
        assert due == [other.steps[due.step] for due in other.totals.due]


def test_the_board_s_rate_is_told_where_it_is_known(starter_world: World) -> None:
    (plan, *_) = plans(starter_world, needed=False)
    needs = household_of(SEEKER, None, starter_world, DAY).needs
    known = replace(needs, parts=(LivingCost("child_care", 12_220.0, "rates-2031", 2031),))

    def said(steps: tuple[Step, ...]) -> list[str]:
        return [check for step in steps if is_child_care(step) for check in step.checks]

    assert not any("$" in check for check in said(with_child_care(plan.steps, needs)))
    assert any(
        "$12,220 a year" in check and "rates-2031" in check for check in said(with_child_care(plan.steps, known))
    )
