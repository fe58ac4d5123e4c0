"""What WIOA may pay beside the training itself: supportive services and needs-related payments.

Neither lowers the bill of a school, so neither changes what a step costs; both may decide whether a person can stay.
"""

from collections.abc import Iterator, Mapping

from matching.answer import CHILD_CARE, Funding
from matching.eligibility.case import clause
from matching.eligibility.entries import entry_of
from matching.eligibility.kleene import all_of
from matching.eligibility.screening import StreamVerdict
from matching.eligibility.terms import FundingTerms
from matching.wording import Said, say

# 20 CFR 680.900 names these among others; tools and books come here where the account does not take them.
_SUPPORTS = ("transport", CHILD_CARE, "dependent care", "housing", "uniforms", "tools", "books", "fees")
_LIVING = ("living costs",)
_NOT_ELSEWHERE = "20 CFR 680.910"


def supports(streams: Mapping[str, StreamVerdict], terms: FundingTerms) -> Iterator[Funding]:
    """The lines for both, each left out when the person appears to have no part in it."""
    services = streams["supportive_services"]
    if services.finding.value is not False:
        elsewhere = clause("not_obtainable_elsewhere", None, _NOT_ELSEWHERE, "other_help")
        finding = all_of("supportive_services", services.citation, services.finding, elsewhere)
        yield entry_of(services, finding, _SUPPORTS, None, _budgets(terms) or services.note)
    payments = streams["needs_related_payments"]
    if payments.finding.value is not False:
        yield entry_of(payments, payments.finding, _LIVING, None, payments.note)


def _budgets(terms: FundingTerms) -> Said | None:
    """What the board's own file sets aside."""
    parts = [
        f"{row.id.partition('.')[2].replace('_', ' ')} up to ${row.value:,.0f} {row.unit.removeprefix('USD ')}"
        for row in terms.support_budgets
    ]
    return say("funding.budget", parts="; ".join(parts)) if parts else None
