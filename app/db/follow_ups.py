"""What becomes of plans: the queries. Services begin and commit; nothing here does."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.db.session import Session
from app.db.tables import FollowUp


@dataclass(frozen=True, slots=True)
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


def list_follow_ups(session: Session, match_id: uuid.UUID, *kinds: str) -> tuple[KeptFollowUp, ...]:
    """Those of an answer, in the order they were made."""
    rows = session.scalars(
        select(FollowUp)
        .where(FollowUp.match_id == match_id, FollowUp.kind.in_(kinds))
        .order_by(FollowUp.created_at, FollowUp.id)
    )
    return tuple(
        KeptFollowUp(r.id, r.match_id, r.kind, r.about, r.due_on, r.created_at, r.caller, r.content) for r in rows
    )
