"""Answers kept, and what was decided on them: the queries. Services begin and commit; nothing here does."""

import uuid
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Select, exists, insert, select, tuple_

from app.db.people import Place
from app.db.session import Session
from app.db.tables import Decision, Match, PersonKey
from taxonomy.frozen import frozen

_Listed = Select[uuid.UUID, datetime, date, str, str, uuid.UUID | None]


@frozen
class KeptMatch:
    """An answer to keep, with what it was made from. It is sealed with the key of `person`; None: it is not sealed."""

    id: uuid.UUID
    board: str
    input_digest: bytes
    snapshot: str
    method_version: str
    as_of: date
    answer: bytes
    person: uuid.UUID | None


@frozen
class ListedMatch:
    """A kept answer in a list: when and from what it was made."""

    id: uuid.UUID
    created_at: datetime
    as_of: date
    snapshot: str
    method_version: str
    seeker_id: uuid.UUID | None


@frozen
class KeptDecision:
    """A decision on a plan; `content` is sealed."""

    id: uuid.UUID
    match_id: uuid.UUID
    created_at: datetime | None  # None before it is kept
    plan: str
    verdict: str
    caller: str
    content: bytes


def add_match(session: Session, kept: KeptMatch) -> None:
    """Keep an answer; seen by others once the caller commits."""
    session.execute(insert(Match), asdict(kept))


def find_match(session: Session, match_id: uuid.UUID) -> KeptMatch | None:
    """An answer of the session's board, or None."""
    row = session.get(Match, match_id)
    if row is None:
        return None
    return KeptMatch(
        row.id, row.board, row.input_digest, row.snapshot, row.method_version, row.as_of, row.answer, row.person
    )


def has_own_key(session: Session, match_id: uuid.UUID) -> bool:
    """Whether there is this answer in the session's board, under a key of its own and not a seeker's."""
    return session.scalar(select(Match.id).where(Match.id == match_id, Match.person == match_id)) is not None


def list_matches(
    session: Session, *, limit: int, before: Place | None, seeker: uuid.UUID | None
) -> tuple[ListedMatch, ...]:
    """Answers of the session's board that can be read, newest first; those of erased people are left out."""
    query = _readable(limit, before)
    if seeker is not None:
        query = query.where(Match.person == seeker)
    return _listed(session, query)


def list_made_from(session: Session, snapshot: str, *, limit: int, before: Place | None) -> tuple[ListedMatch, ...]:
    """Answers of the session's board that can be read and were made from a snapshot, newest first."""
    return _listed(session, _readable(limit, before).where(Match.snapshot == snapshot))


def _readable(limit: int, before: Place | None) -> _Listed:
    query = (
        select(Match.id, Match.created_at, Match.as_of, Match.snapshot, Match.method_version, Match.person)
        .where(Match.person.is_(None) | exists().where(PersonKey.id == Match.person))
        .order_by(Match.created_at.desc(), Match.id.desc())
        .limit(limit)
    )
    return query if before is None else query.where(tuple_(Match.created_at, Match.id) < before)


def _listed(session: Session, query: _Listed) -> tuple[ListedMatch, ...]:
    rows = session.execute(query)
    return tuple(ListedMatch(*row[:-1], None if row[-1] == row[0] else row[-1]) for row in rows)


def add_decision(session: Session, board: str, made: KeptDecision) -> datetime:
    """Keep a decision; say when."""
    row = Decision(
        id=made.id,
        board=board,
        match_id=made.match_id,
        plan=made.plan,
        verdict=made.verdict,
        caller=made.caller,
        content=made.content,
    )
    session.add(row)
    session.flush()
    session.refresh(row)
    return row.created_at


def list_decisions(
    session: Session, match_id: uuid.UUID, *, limit: int, after: Place | None
) -> tuple[KeptDecision, ...]:
    """What was decided on the plans of an answer, in the order it was."""
    query = select(Decision).where(Decision.match_id == match_id).order_by(Decision.created_at, Decision.id)
    if after is not None:
        query = query.where(tuple_(Decision.created_at, Decision.id) > after)
    rows = session.scalars(query.limit(limit))
    return tuple(KeptDecision(r.id, r.match_id, r.created_at, r.plan, r.verdict, r.caller, r.content) for r in rows)
