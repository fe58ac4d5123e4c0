"""The funding of a whole plan: its steps in order, with one training account carried through all of them."""

from collections.abc import Sequence

from matching.eligibility.funding import FundingStack, fund_program
from matching.eligibility.offers import Offer
from matching.eligibility.screening import StreamVerdict
from matching.eligibility.terms import NOTHING_USED, FundingTerms, StepCosts
from taxonomy.frozen import frozen


@frozen
class PlanStep:
    """A step to pay for. An exam is a step with no tuition and no books, under the offer of its course."""

    costs: StepCosts
    offer: Offer


def fund_plan(
    steps: Sequence[PlanStep], verdicts: Sequence[StreamVerdict], terms: FundingTerms
) -> tuple[FundingStack, ...]:
    """Fund the steps of a plan in order, so that what one takes from the training account the next cannot.

    Args:
        steps: in the order in which the person takes them.
        verdicts: the person's verdicts, from `screen`.
        terms: the same, prepared by `funding_terms`.
    """
    stacks: list[FundingStack] = []
    used = NOTHING_USED
    for step in steps:
        stack = fund_program(step.costs, step.offer, verdicts, terms, used=used)
        stacks.append(stack)
        used = stack.account
    return tuple(stacks)
