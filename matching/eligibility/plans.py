"""The funding of a whole plan: its steps in order, with one training account carried through all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.eligibility.funding import FundingStack, fund_program
from matching.eligibility.offers import Offer
from matching.eligibility.screening import StreamVerdict
from matching.eligibility.terms import NOTHING_USED, AccountUse, Bill, FundingTerms, Range, StepCosts, bill_of


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step to pay for. An exam is a step with no tuition and no books, under the offer of its course."""

    costs: StepCosts
    offer: Offer
    starts_after_weeks: float | None


@dataclass(frozen=True, slots=True)
class Due:
    """What the person may have to pay for a step, and when: at its start."""

    step: int
    after_weeks: float | None
    low_usd: float | None
    high_usd: float | None


@dataclass(frozen=True, slots=True)
class PlanFunding:
    """A plan's stacks and their sum. The sum is None while the cost of a step is not known; `known` leaves it out."""

    steps: tuple[FundingStack, ...]
    due: tuple[Due, ...]
    out_of_pocket_usd: float | None
    out_of_pocket_range_usd: Range
    known_out_of_pocket_range_usd: tuple[float, float]
    account: AccountUse
    questions: tuple[str, ...]


def fund_plan(steps: Sequence[PlanStep], verdicts: Sequence[StreamVerdict], terms: FundingTerms) -> PlanFunding:
    """Fund the steps of a plan in order, so that what one takes from the training account the next cannot.

    Args:
        steps: in the order in which the person takes them.
        verdicts: the person's verdicts, from `screen`.
        terms: the same, prepared by `funding_terms`.
    """
    stacks: list[FundingStack] = []
    due: list[Due] = []
    used = NOTHING_USED
    for number, step in enumerate(steps):
        stack = fund_program(step.costs, step.offer, verdicts, terms, used=used)
        stacks.append(stack)
        due.append(Due(number, step.starts_after_weeks, *stack.out_of_pocket_range_usd))
        used = stack.account
    known = _sum([d for d in due if d.high_usd is not None])
    complete = all(d.high_usd is not None for d in due)
    return PlanFunding(
        steps=tuple(stacks),
        due=tuple(due),
        out_of_pocket_usd=known[1] if complete and known[0] == known[1] else None,
        out_of_pocket_range_usd=known if complete else (None, None),
        known_out_of_pocket_range_usd=known,
        account=used,
        questions=tuple(dict.fromkeys(question for stack in stacks for question in stack.questions)),
    )


def plan_range(steps: Sequence[PlanStep], terms: FundingTerms) -> Range:
    """The sum of `fund_plan` alone, without the stacks: what a search asks of thousands of plans."""
    total = Bill()
    for step in steps:
        bill = bill_of(step.costs, step.offer, terms)
        if bill is None:
            return (None, None)
        total += bill
    return total.range(terms.cap_usd)


def _sum(due: Sequence[Due]) -> tuple[float, float]:
    return round(sum(d.low_usd or 0.0 for d in due), 2), round(sum(d.high_usd or 0.0 for d in due), 2)
