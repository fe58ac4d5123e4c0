"""What people say of race, sex and disability: the queries, for the role stackway_eeo only. Services commit."""

import uuid
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db.session import Session
from app.db.tables import Demographics, Seeker


def add_demographics(session: Session, board: str, person: uuid.UUID, content: bytes) -> datetime | None:
    """Keep what a person says first; say when. None where another was quicker."""
    statement = insert(Demographics).values(person=person, board=board, content=content)
    return session.execute(
        statement.on_conflict_do_nothing(index_elements=["person"]).returning(Demographics.updated_at)
    ).scalar_one_or_none()


def change_demographics(session: Session, person: uuid.UUID, content: bytes) -> datetime:
    """Keep what a person says in place of what is there; say when."""
    kept: datetime = session.execute(
        update(Demographics)
        .where(Demographics.person == person)
        .values(content=content, updated_at=func.now())
        .returning(Demographics.updated_at)
    ).scalar_one()
    return kept


def find_demographics(session: Session, person: uuid.UUID, *, lock: bool = False) -> tuple[datetime, bytes] | None:
    """What a person of the session's board said last, sealed, and when; nobody else changes it where it is locked."""
    query = select(Demographics.updated_at, Demographics.content).where(Demographics.person == person)
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else (row[0], row[1])


def is_on_hold(session: Session, person: uuid.UUID) -> bool:
    """Whether a person of the session's board is on legal hold; the role may see this of them and no more."""
    held = session.scalars(select(Seeker.id).where(Seeker.id == person, Seeker.hold_since.is_not(None)))
    return held.one_or_none() is not None


def delete_demographics(session: Session, person: uuid.UUID) -> bool:
    """Remove it; whether there was any."""
    gone = session.execute(delete(Demographics).where(Demographics.person == person).returning(Demographics.person))
    return gone.scalar_one_or_none() is not None
