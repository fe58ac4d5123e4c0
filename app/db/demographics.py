"""What people say of race, sex and disability: the queries, for the role stackway_eeo only. Services commit."""

import uuid
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.db.session import Session
from app.db.tables import Demographics


def put_demographics(session: Session, board: str, person: uuid.UUID, content: bytes) -> datetime:
    """Keep what a person says in place of what they said before; say when."""
    statement = insert(Demographics).values(person=person, board=board, content=content)
    kept: datetime = session.execute(
        statement.on_conflict_do_update(
            index_elements=["person"], set_={"content": statement.excluded.content, "updated_at": func.now()}
        ).returning(Demographics.updated_at)
    ).scalar_one()
    return kept


def find_demographics(session: Session, person: uuid.UUID) -> tuple[datetime, bytes] | None:
    """What a person of the session's board said last, sealed, and when."""
    row = session.execute(
        select(Demographics.updated_at, Demographics.content).where(Demographics.person == person)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def delete_demographics(session: Session, person: uuid.UUID) -> bool:
    """Remove it; whether there was any."""
    gone = session.execute(delete(Demographics).where(Demographics.person == person).returning(Demographics.person))
    return gone.scalar_one_or_none() is not None
