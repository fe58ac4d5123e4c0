"""A line of a funding stack: a stream with its status, what it covers, and why when it does not pay."""

from matching.answer import Funding
from matching.eligibility.kleene import Finding
from matching.eligibility.screening import StreamVerdict, judge, span_of


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


# Why a clause fails, in words for the person at the desk; other clauses are named by their own words.
_REASONS = {
    "high_school_credential": "no high-school diploma or equivalent yet",
    "no_bachelor_degree": "a bachelor's degree is already held",
    "pell_used_here": "the provider says that Pell cannot be used for this program",
    "long_enough": "the program is shorter than Pell asks for",
    "on_provider_list": "the program is not on the eligible provider list",
    "in_demand": "the job is not on the board's demand list",
    "within_length_limit": "the program is longer than the board's limit",
    "work_authorization": "not authorized to work",
    "adult_age": "under 18",
}


def _with_failures(note: str | None, finding: Finding) -> str | None:
    """Say which clause failed: a person is told why, not only that."""
    failed = [leaf.name for part in finding.parts for leaf in _failed_clauses(part)]
    if finding.value is not False or not failed:
        return note
    reasons = dict.fromkeys(_REASONS.get(name, name.replace("_", " ")) for name in failed)
    reason = f"Not met: {'; '.join(reasons)}."
    return f"{reason} {note}" if note else reason


def _failed_clauses(part: Finding) -> tuple[Finding, ...]:
    if part.value is not False:
        return ()
    return tuple(p for p in part.parts if p.value is False) or (part,)
