"""A line of a funding stack: a stream with its status, what it covers, and why when it does not pay."""

from matching.answer import Funding
from matching.eligibility.kleene import Finding
from matching.eligibility.screening import StreamVerdict, judge, span_of
from matching.wording import say, together


def entry_of(
    verdict: StreamVerdict, finding: Finding, covers: tuple[str, ...], amount_usd: float | None, note: str | None
) -> Funding:
    """The line of a stream whose rule came to `finding`; `amount_usd` None says that the amount is not known."""
    status, missing = judge(finding)
    since, until, checked = span_of(finding)
    return Funding(
        stream=verdict.stream,
        name=verdict.name,
        status=status,
        amount_usd=amount_usd,
        covers=covers,
        missing=missing,
        citation=finding.citation,
        effective_from=since,
        effective_to=until,
        checked_on=checked,
        note=_with_failures(note, finding),
    )


# Clauses whose failing has words of its own for the person at the desk; others are named by their own words.
_WORDED = frozenset(
    {
        "no_bachelor_degree",
        "pell_used_here",
        "long_enough",
        "on_provider_list",
        "in_demand",
        "within_length_limit",
        "work_authorization",
        "adult_age",
    }
)


def _with_failures(note: str | None, finding: Finding) -> str | None:
    """Say which clause failed: a person is told why, not only that."""
    failed = [leaf.name for part in finding.parts for leaf in _failed_clauses(part)]
    if finding.value is not False or not failed:
        return note
    reasons = [say(f"funding.reason.{n}") if n in _WORDED else n.replace("_", " ") for n in dict.fromkeys(failed)]
    reason = say("funding.not_met", reasons=together(reasons, "; "))
    return together([reason, note]) if note else reason


def _failed_clauses(part: Finding) -> tuple[Finding, ...]:
    if part.value is not False:
        return ()
    return tuple(p for p in part.parts if p.value is False) or (part,)
