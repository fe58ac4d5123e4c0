"""The answer, in shape and order of the published contract. Money is in US dollars to the cent; unknown is None."""

from typing import Any

from matching.answer_evidence import Evidence
from matching.answer_exits import CredentialRef, Exit, OpenNow
from matching.answer_household import SelfSufficiency
from matching.answer_jobs import TravelTime
from taxonomy.frozen import frozen


@frozen
class Candidate:
    """A code the words may mean. `probability` is None until calibrated for the kind."""

    code: str
    title: str
    score: float
    probability: float | None = None
    matched_text: str | None = None


@frozen
class Resolved:
    """Words and what they were taken for. `code` None: not understood. `note` says expired, other state, ..."""

    text: str
    code: str | None
    title: str | None
    score: float
    candidates: tuple[Candidate, ...] = ()
    confirm: bool = False
    note: str | None = None


@frozen
class Understood:
    """How the profile was read; `confirm` lists the sentences a person should check."""

    work_history: tuple[Resolved, ...] = ()
    skills: tuple[Resolved, ...] = ()
    credentials: tuple[Resolved, ...] = ()
    goals: tuple[Resolved, ...] = ()  # the jobs wanted
    confirm: tuple[str, ...] = ()


# What a stream may pay for beside school bills, as `Funding.covers` names it.
CHILD_CARE = "child care"


@frozen
class Funding:
    """One stream that may pay part of a step. `amount_usd` None: may pay, amount not known here."""

    stream: str
    name: str
    status: str  # appears_eligible | appears_ineligible | needs_document | unknown
    amount_usd: float | None
    covers: tuple[str, ...]
    missing: tuple[str, ...]  # facts or documents that would decide
    citation: str
    effective_from: str | None
    effective_to: str | None
    checked_on: str | None
    note: str | None = None


@frozen
class ProgramRef:
    """A program named in a step."""

    id: str
    name: str
    cip_code: str | None
    clock_hours: float | None
    weeks: float | None
    weeks_basis: str
    weeks_least: float | None  # of a length the list names as a span: `weeks` is the most
    hours_per_week: float | None
    modality: str | None
    city: str | None
    zip: str | None
    distance_miles: float | None
    updated_on: str | None
    source: str
    problems: tuple[str, ...] = ()
    starts_on: str | None = None  # the next start, as the list prints it
    seats: int | None = None  # free then, as the list prints it
    minimum_age: int | None = None
    language: str = "en"  # of instruction
    evening: bool | None = None
    weekend: bool | None = None
    travel: tuple[TravelTime, ...] = ()  # by each means the person named, or by car


@frozen
class ProviderRef:
    """A provider named in a step."""

    id: str
    name: str
    kind: str | None


@frozen
class Step:
    """One step of a plan. Weeks and money are None when unknown."""

    kind: str  # training | exam | work | apprenticeship | support | bridge
    credential: CredentialRef | None
    program: ProgramRef | None
    provider: ProviderRef | None
    starts_after_weeks: float | None
    weeks: float | None
    cost_usd: float | None
    funding: tuple[Funding, ...]
    out_of_pocket_usd: float | None
    out_of_pocket_range_usd: tuple[float | None, float | None]
    exit: Exit | None
    evidence: Evidence | None
    checks: tuple[str, ...]
    note: str | None = None
    pay_usd_per_hour: float | None = None  # what an apprentice is counted at from the first day; None in class


@frozen
class Due:
    """What the person may have to pay for one step, and when: at its start."""

    step: int  # place in the plan's steps, from 0
    after_weeks: float | None  # from today
    low_usd: float | None
    high_usd: float | None


@frozen
class Totals:
    """Totals over the steps; `due` leaves out the steps that cost the person nothing."""

    weeks: float | None
    out_of_pocket_usd: float | None
    out_of_pocket_range_usd: tuple[float | None, float | None]
    weeks_to_better_pay: float | None
    due: tuple[Due, ...] = ()


@frozen
class ValuePart:
    """One part of the expected value."""

    name: str
    usd: float


@frozen
class Value:
    """Expected net earnings over the horizon against what the person would earn otherwise; parts sum to the cent."""

    expected_usd: float
    low_usd: float
    high_usd: float
    horizon_years: float
    discount_rate: float
    parts: tuple[ValuePart, ...]


@frozen
class Target:
    """The job a plan leads to."""

    onet_code: str
    title: str


@frozen
class Plan:
    """A sequence of steps, with what it is best at and why."""

    id: str
    best_at: tuple[str, ...]
    target: Target
    steps: tuple[Step, ...]
    totals: Totals
    value: Value
    skipped: tuple[str, ...]
    reasons: tuple[str, ...]
    unknowns: tuple[str, ...]
    questions: tuple[str, ...]


@frozen
class RuledOut:
    """How many programs or targets one constraint or rule took away, with an example."""

    constraint: str
    count: int
    detail: str
    examples: tuple[str, ...] = ()


@frozen
class Relaxation:
    """What giving one constraint a little would open, or holding what past work goes with: found by matching again."""

    constraint: str
    from_: Any
    to: Any
    opens_plans: int
    gain_usd: float
    sentence: str


@frozen
class SourceRef:
    """A release the answer's figures come from, with the attribution its licence asks for."""

    id: str
    title: str
    publisher: str
    edition: str
    licence: str
    attribution: str
    link: str


@frozen
class Answer:
    """The whole answer. The same seeker, snapshot, method version and day give the same bytes."""

    as_of: str
    snapshot: str
    method_version: str
    reference: str | None
    language: str  # of the sentences: en | es; names and titles stay as their publishers write them
    understood: Understood
    plans: tuple[Plan, ...]
    ruled_out: tuple[RuledOut, ...]
    relaxations: tuple[Relaxation, ...]
    notices: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    self_sufficiency: SelfSufficiency | None = None
    open_now: tuple[OpenNow, ...] = ()  # better paid work that needs no plan, best paid first
