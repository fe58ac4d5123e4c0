"""What becomes of plans: the queries. Services begin and commit; nothing here does."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from app.db.people import Place
from app.db.session import Session
from app.db.tables import FollowUp
from taxonomy.frozen import frozen


@frozen
class KeptFollowUp:
    """A referral, an outcome, a request for review or its result; `content` is sealed.

    `about`: the request a result settles. `due_on`: the last day a request is to be settled on.
    """

    id: uuid.UUID
    match_id: uuid.UUID
    kind: str
    about: uuid.UUID | None
    due_on: date | None
    created_at: datetime | None  # None before it is kept
    caller: str
    content: bytes


def add_follow_up(session: Session, board: str, made: KeptFollowUp) -> datetime | None:
    """Keep one; say when. None where what it is about is settled already."""
    session.flush()
    added = session.execute(
        insert(FollowUp)
        .values(
            id=made.id,
            board=board,
            match_id=made.match_id,
            kind=made.kind,
            about=made.about,
            due_on=made.due_on,
            caller=made.caller,
            content=made.content,
        )
        .on_conflict_do_nothing(index_elements=["about"])
        .returning(FollowUp.created_at)
    )
    return added.scalar_one_or_none()


def has_follow_up(session: Session, match_id: uuid.UUID, kind: str, record: uuid.UUID) -> bool:
    """Whether an answer has this one."""
    query = select(FollowUp.id).where(FollowUp.id == record, FollowUp.match_id == match_id, FollowUp.kind == kind)
    return session.execute(query).scalar_one_or_none() is not None


def list_follow_ups(
    session: Session, match_id: uuid.UUID, kind: str, *, limit: int, after: Place | None
) -> tuple[KeptFollowUp, ...]:
    """Those of an answer, in the order they were made."""
    query = select(FollowUp).where(FollowUp.match_id == match_id, FollowUp.kind == kind)
    if after is not None:
        query = query.where(tuple_(FollowUp.created_at, FollowUp.id) > after)
    return _kept(session, query.order_by(FollowUp.created_at, FollowUp.id).limit(limit))


def list_about(session: Session, records: Sequence[uuid.UUID]) -> tuple[KeptFollowUp, ...]:
    """Those that settle one of these."""
    return _kept(session, select(FollowUp).where(FollowUp.about.in_(records)))


def _kept(session: Session, query: Select[FollowUp]) -> tuple[KeptFollowUp, ...]:
    return tuple(
        KeptFollowUp(r.id, r.match_id, r.kind, r.about, r.due_on, r.created_at, r.caller, r.content)
        for r in session.scalars(query)
    )
