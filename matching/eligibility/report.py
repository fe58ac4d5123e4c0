"""Eligibility explained: every verdict, its clauses, and the questions worth asking, most useful first."""

from collections.abc import Iterable, Sequence
from datetime import date

from matching.eligibility.aid import time_limit_rules
from matching.eligibility.income import place_in_line
from matching.eligibility.kleene import Finding, ways_to_settle
from matching.eligibility.law import Law
from matching.eligibility.questions import FACTS, rank_of
from matching.eligibility.screening import StreamVerdict, by_stream, screen
from matching.seeker import Seeker
from matching.wording import say
from taxonomy.frozen import frozen
from taxonomy.law import Parameter

_NOTICES = (say("screening.determination"), say("screening.vocational_rehabilitation"))


@frozen
class ClauseView:
    """One clause of a rule, for reading."""

    name: str
    value: bool | None
    citation: str
    missing: tuple[str, ...]


@frozen
class StreamView:
    """A verdict for reading: as `StreamVerdict`, with its clauses written out."""

    stream: str
    name: str
    kind: str
    status: str
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    would_decide: tuple[str, ...]
    documents: tuple[str, ...]
    citation: str
    effective_from: str | None
    effective_to: str | None
    checked_on: str | None
    note: str | None
    clauses: tuple[ClauseView, ...]


@frozen
class Question:
    """A question worth asking, and the streams whose answer hangs on it."""

    fact: str
    question: str
    document: bool
    decides: tuple[str, ...]


@frozen
class EligibilityReport:
    """The eligibility answer for one person on one day."""

    as_of: str
    area: str
    reference: str | None
    streams: tuple[StreamView, ...]
    questions: tuple[Question, ...]
    notices: tuple[str, ...]


def explain_eligibility(
    seeker: Seeker, law: Law, today: date, area: str, *, due: Sequence[Parameter] = ()
) -> EligibilityReport:
    """Screen a person and explain the result; arguments as in `screen`.

    `due` are amounts that had to be checked again before that day: those a verdict rests on are told.
    """
    verdicts = screen(seeker, law, today, area)
    return EligibilityReport(
        as_of=today.isoformat(),
        area=area,
        reference=seeker.reference,
        streams=tuple(_view(verdict) for verdict in verdicts),
        questions=rank_questions(verdicts),
        notices=(
            *_NOTICES,
            *_place_in_line_notice(verdicts, law.find("veterans.order_within_priority", area, today)),
            *_time_limit_notice(seeker, law, today, area),
            *_due_notice(verdicts, due),
        ),
    )


def rank_questions(verdicts: tuple[StreamVerdict, ...]) -> tuple[Question, ...]:
    """The questions still open, the one that decides most first.

    A fact counts for each undecided stream by one over the size of the smallest set, holding it, that would settle the
    stream one way or the other: a fact that settles a stream alone counts whole.
    """
    weight: dict[str, float] = {}
    decides: dict[str, list[str]] = {}
    for verdict in verdicts:
        for fact, size in _smallest_sets(verdict.finding).items():
            weight[fact] = weight.get(fact, 0.0) + 1.0 / size
            decides.setdefault(fact, []).append(verdict.stream)
    ordered = sorted(weight, key=lambda fact: (-round(weight[fact], 9), rank_of(fact)))
    return tuple(Question(f, FACTS[f].question, FACTS[f].document, tuple(decides[f])) for f in ordered)


def _smallest_sets(finding: Finding) -> dict[str, int]:
    if finding.value is not None:
        return {}
    sizes: dict[str, int] = {}
    for outcome in (True, False):
        for way in ways_to_settle(finding, outcome=outcome):
            for fact in way:
                sizes[fact] = min(sizes.get(fact, len(way)), len(way))
    return sizes


def _view(verdict: StreamVerdict) -> StreamView:
    since, until, checked = verdict.span
    return StreamView(
        stream=verdict.stream,
        name=verdict.name,
        kind=verdict.kind,
        status=verdict.status,
        passed=verdict.clauses(value=True),
        failed=verdict.clauses(value=False),
        missing=verdict.clauses(value=None),
        would_decide=verdict.would_decide,
        documents=verdict.documents,
        citation=verdict.citation,
        effective_from=since,
        effective_to=until,
        checked_on=checked,
        note=verdict.note,
        clauses=tuple(ClauseView(c.name, c.value, c.citation, c.missing) for c in verdict.finding.leaves()),
    )


def _place_in_line_notice(verdicts: tuple[StreamVerdict, ...], order: Parameter | None) -> tuple[str, ...]:
    """Whose turn it is, once both priorities are settled."""
    streams = by_stream(verdicts)
    covered = streams["veterans_priority"].finding.value
    place = place_in_line(streams["priority_of_service"].finding.value, covered)
    if order is None or place is None:
        return ()
    turn = say(f"screening.place_{place}")
    return (say("screening.place_in_line", place=turn, citation=order.citation),)


def _due_notice(verdicts: Iterable[StreamVerdict], due: Sequence[Parameter]) -> tuple[str, ...]:
    used = {row.id for verdict in verdicts for leaf in verdict.finding.leaves() for row in leaf.parameters}
    names = sorted(row.id.replace("_", " ").replace(".", ": ") for row in due if row.id in used)
    return (say("screening.law_due", names="; ".join(names)),) if names else ()


def _time_limit_notice(seeker: Seeker, law: Law, today: date, area: str) -> tuple[str, ...]:
    """Tell SNAP recipients of the time limit on the days on which it stood in this form."""
    if not seeker.eligibility.snap:
        return ()
    rules = time_limit_rules(law.in_force(area, today))
    if rules is None:
        return ()
    low, high, child, hours, free = rules
    years = {"low": low, "high": high, "child": child, "free": free, "hours": hours}
    amounts = {name: f"{row.value:.0f}" for name, row in years.items()}
    return (say("screening.snap_time_limit", citation=hours.citation, **amounts),)
