"""Child care as a step of its own: in the same weeks as the class, with the streams that may pay for it."""

from collections.abc import Iterator, Sequence

from matching.answer import CHILD_CARE, Step
from matching.answer_household import SelfSufficiency
from matching.explain.money import dollars
from matching.wording import Said, say


def with_child_care(steps: Sequence[Step], needs: SelfSufficiency) -> tuple[Step, ...]:
    """The steps of a plan with child care before each class it has to be there for."""
    return tuple(_interleaved(steps, needs))


def _interleaved(steps: Sequence[Step], needs: SelfSufficiency) -> Iterator[Step]:
    for step in steps:
        if step.kind == "training":
            yield _care_during(step, needs)
        yield step


def _care_during(course: Step, needs: SelfSufficiency) -> Step:
    """What it costs hangs on hours and places nobody here knows; all of it may be paid."""
    return Step(
        kind="support",
        credential=None,
        program=None,
        provider=None,
        starts_after_weeks=course.starts_after_weeks,
        weeks=course.weeks,
        cost_usd=None,
        funding=tuple(entry for entry in course.funding if CHILD_CARE in entry.covers),
        out_of_pocket_usd=None,
        out_of_pocket_range_usd=(0.0, None),
        exit=None,
        evidence=None,
        checks=(*_known_cost(needs), say("child_care.ask_hours"), say("child_care.ask_who_pays")),
        note=say("child_care.note", provider=course.provider.name if course.provider else ""),
    )


def _known_cost(needs: SelfSufficiency) -> tuple[Said, ...]:
    """The most the board pays for care of these children, where its rates are held here."""
    return tuple(
        say("need.child_care", usd=dollars(part.usd_per_year), source=part.source, year=part.year)
        for part in needs.parts
        if part.name == "child_care"
    )
