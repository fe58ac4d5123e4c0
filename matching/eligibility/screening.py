"""What a person may be eligible for: every stream once per person, before any program is looked at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matching.eligibility import aid, income, pell, wioa
from matching.eligibility.case import Case
from matching.eligibility.kleene import Finding, Truth, ways_to_settle
from matching.eligibility.law import Law
from matching.eligibility.questions import FACTS, easiest
from matching.seeker import Seeker
from matching.wording import Said, say, together
from taxonomy.frozen import frozen

APPEARS_ELIGIBLE = "appears_eligible"
APPEARS_INELIGIBLE = "appears_ineligible"
NEEDS_DOCUMENT = "needs_document"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class StreamVerdict:
    """How one stream, test or payment looks for a person on a day. Staff or the school decide; this only screens.

    `kind` is "stream" (may pay for training), "test" (a condition others use), "support" (pays beside training)
    or "referral" (somebody else finds who is eligible). What only a reader asks for is worked out when it is read: a
    list of thousands needs what the rule came to and no more.
    """

    stream: str
    name: str
    kind: str
    documents: tuple[str, ...]
    note: str | None
    finding: Finding

    @cached_property
    def _judged(self) -> tuple[str, tuple[str, ...]]:
        return judge(self.finding)

    @property
    def status(self) -> str:
        """appears_eligible, appears_ineligible, needs_document or unknown."""
        return self._judged[0]

    @property
    def would_decide(self) -> tuple[str, ...]:
        """The smallest set of facts or documents that, answered favourably, would settle it."""
        return self._judged[1]

    @property
    def citation(self) -> str:
        """The law of the rule."""
        return self.finding.citation

    @cached_property
    def span(self) -> tuple[str | None, str | None, str | None]:
        """From when and until when this holds, and when its amounts were checked: see `span_of`."""
        return span_of(self.finding)

    def clauses(self, *, value: Truth) -> tuple[str, ...]:
        """Names of the rule's parts that hold (True), fail (False) or are not known (None)."""
        return tuple(part.name for part in self.finding.parts or (self.finding,) if part.value is value)


@frozen
class _Stream:
    name: str
    kind: str
    rule: Callable[[Case], Finding]
    documents: tuple[str, ...] = ()
    note: str | None = None
    words: Callable[[Case], Said | None] | None = None  # what the rule adds to the note for this person


_FAFSA = ("FAFSA for the award year, with citizenship or eligible noncitizen status",)
_IDENTITY = (
    "proof of age and identity",
    "work authorization (Form I-9 documents)",
    "Selective Service record, if it applied",
)

# In the order of payment: WIOA comes last, because it pays only what other grants leave (20 CFR 680.230).
_STREAMS: dict[str, _Stream] = {
    "pell": _Stream(
        "Federal Pell Grant",
        "stream",
        pell.pell,
        _FAFSA,
        say("stream.pell"),
    ),
    "workforce_pell": _Stream(
        "Workforce Pell Grant",
        "stream",
        pell.workforce_pell,
        _FAFSA,
        say("stream.workforce_pell"),
    ),
    "gi_bill": _Stream(
        "Post-9/11 GI Bill",
        "stream",
        aid.gi_bill,
        ("DD-214", "VA certificate of eligibility"),
        say("stream.gi_bill"),
        aid.gi_bill_words,
    ),
    "snap_et": _Stream(
        "SNAP Employment and Training",
        "stream",
        aid.snap_employment_and_training,
        ("SNAP notice",),
        say("stream.snap_et"),
    ),
    "tanf": _Stream("TANF work program", "stream", aid.tanf, ("TANF notice",), say("stream.tanf")),
    "taa": _Stream("Trade Adjustment Assistance", "stream", aid.trade_adjustment, ("TAA certification",)),
    "apprenticeship": _Stream(
        "Registered Apprenticeship",
        "stream",
        aid.apprenticeship,
        (),
        say("stream.apprenticeship"),
    ),
    "wioa_adult": _Stream("WIOA Adult training", "stream", wioa.adult, _IDENTITY),
    "wioa_dislocated_worker": _Stream(
        "WIOA Dislocated Worker training", "stream", wioa.dislocated_worker, (*_IDENTITY, "layoff or closure papers")
    ),
    "wioa_youth": _Stream("WIOA Youth", "stream", wioa.youth, _IDENTITY),
    "low_income": _Stream(
        "Low-income individual (WIOA)",
        "test",
        income.low_income,
        ("benefit notice, or family income of 6 months",),
        say("stream.low_income"),
    ),
    "basic_skills_deficient": _Stream(
        "Basic-skills deficient (WIOA)", "test", income.basic_skills_deficient, ("test results, such as TABE or CASAS",)
    ),
    "training_gate": _Stream(
        "WIOA training: what staff must find first",
        "test",
        wioa.training_gate,
        ("assessment and employment plan", "answer to the FAFSA, or proof that it was sent"),
        say("stream.training_gate"),
    ),
    "training_account": _Stream(
        "WIOA individual training account", "test", wioa.training_account, (), say("stream.training_account")
    ),
    "snap_time_limit": _Stream(
        "SNAP without the time limit", "test", aid.snap_time_limit, ("SNAP notice",), say("stream.snap_time_limit")
    ),
    "priority_of_service": _Stream(
        "Priority for WIOA Adult training",
        "test",
        income.priority_of_service,
        ("benefit notice, proof of income or test results",),
        say("stream.priority_of_service"),
    ),
    "veterans_priority": _Stream(
        "Priority for veterans and eligible spouses",
        "test",
        income.covered_person,
        ("DD-214", "proof of being an eligible spouse"),
        say("stream.veterans_priority"),
    ),
    "supportive_services": _Stream(
        "WIOA supportive services",
        "support",
        wioa.supportive_services,
        (),
        say("stream.supportive_services"),
    ),
    "needs_related_payments": _Stream(
        "WIOA needs-related payments", "support", wioa.needs_related_payments, ("unemployment-insurance record",)
    ),
    "vocational_rehabilitation": _Stream(
        "Vocational Rehabilitation",
        "referral",
        aid.vocational_rehabilitation,
        (),
        say("stream.vocational_rehabilitation"),
    ),
}


def screen(seeker: Seeker, law: Law, today: date, area: str) -> tuple[StreamVerdict, ...]:
    """Every stream for one person, in the order in which streams pay.

    Args:
        seeker: the profile; only facts in it are read, and no protected trait has a field there.
        law: the dated parameters.
        today: the day the answer speaks of.
        area: where the person lives: a board ("TX:ALAMO"), a state ("TX") or "US".
    """
    case = Case.of(seeker, law, today, area)
    return tuple(_verdict(stream, spec, spec.rule(case), case) for stream, spec in _STREAMS.items())


def rule_of(stream: str) -> Callable[[Case], Finding]:
    """The function that is a stream's rule.

    Raises:
        KeyError: there is no such stream.
    """
    return _STREAMS[stream].rule


def _verdict(stream: str, spec: _Stream, finding: Finding, case: Case) -> StreamVerdict:
    return StreamVerdict(stream, spec.name, spec.kind, spec.documents, _note(spec, case), finding)


def _note(spec: _Stream, case: Case) -> str | None:
    said = None if spec.words is None else spec.words(case)
    if said is None:
        return spec.note
    return said if spec.note is None else together([said, spec.note])


def judge(finding: Finding) -> tuple[str, tuple[str, ...]]:
    """The status of a finding and the smallest set that would settle it in the person's favour.

    What only papers or somebody's decision can settle is `needs_document`; what the person can simply be asked is
    `unknown`.
    """
    if finding.value is not None:
        return (APPEARS_ELIGIBLE if finding.value else APPEARS_INELIGIBLE), ()
    would_decide = easiest(ways_to_settle(finding, outcome=True))
    on_paper = all(FACTS[fact].document for fact in would_decide)
    return (NEEDS_DOCUMENT if on_paper else UNKNOWN), would_decide


def span_of(finding: Finding) -> tuple[str | None, str | None, str | None]:
    """From when, until when and checked when: the narrowest span and oldest check of the parameters used."""
    since: str | None = None
    until: str | None = None
    checked: str | None = None
    open_parts = [finding]
    while open_parts:
        part = open_parts.pop()
        open_parts.extend(part.parts)
        for row in part.parameters:
            since = row.effective_from if since is None else max(since, row.effective_from)
            checked = row.checked_on if checked is None else min(checked, row.checked_on)
            if row.effective_to is not None:
                until = row.effective_to if until is None else min(until, row.effective_to)
    return since, until, checked


def by_stream(verdicts: Iterable[StreamVerdict]) -> dict[str, StreamVerdict]:
    """Verdicts by the name of their stream."""
    return {verdict.stream: verdict for verdict in verdicts}
