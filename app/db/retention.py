"""What is kept longer than it may be: the queries. Services begin and commit; nothing here does."""

import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select, update

from app.db.batches import remove_batch
from app.db.session import Session
from app.db.tables import Batch, Demographics, Match, PersonKey, Seeker
from taxonomy.frozen import frozen


def list_stale_seekers(session: Session, before: datetime, limit: int) -> tuple[uuid.UUID, ...]:
    """People of the session's board who were neither changed nor matched since `before`, and are not on hold."""
    query = select(Seeker.id).where(*_stale(before), Seeker.hold_since.is_(None))
    return tuple(session.scalars(query.order_by(Seeker.id).limit(limit).with_for_update(skip_locked=True)))


def count_held(session: Session, before: datetime) -> int:
    """People of the session's board who would be erased by age if they were not on hold."""
    query = select(func.count()).select_from(Seeker).where(*_stale(before), Seeker.hold_since.is_not(None))
    return session.execute(query).scalar_one()


def _stale(before: datetime) -> tuple[ColumnElement[bool], ...]:
    matched = exists().where(Match.person == Seeker.id, Match.created_at >= before)
    return Seeker.erased_at.is_(None), Seeker.updated_at < before, ~matched


def list_stale_matches(session: Session, before: datetime, limit: int) -> tuple[uuid.UUID, ...]:
    """Answers of the session's board under a key of their own, made before `before`, that can still be read."""
    query = select(Match.id).where(
        Match.person == Match.id, Match.created_at < before, exists().where(PersonKey.id == Match.id)
    )
    return tuple(session.scalars(query.order_by(Match.id).limit(limit)))


def list_stale_batches(session: Session, before: datetime, limit: int) -> tuple[uuid.UUID, ...]:
    """Lists of the session's board of which no row was sent, answered or put right since `before`, done or not."""
    query = select(Batch.id).where(Batch.updated_at < before)
    return tuple(session.scalars(query.order_by(Batch.id).limit(limit).with_for_update(skip_locked=True)))


def empty_stale_seeker(session: Session, person: uuid.UUID) -> None:
    """Leave nothing of a person but that there was one."""
    session.execute(
        update(Seeker)
        .where(Seeker.id == person)
        .values(erased_at=func.now(), updated_at=func.now(), reference_digest=None, profile=None)
    )


def delete_orphaned_demographics(session: Session) -> tuple[uuid.UUID, ...]:
    """Remove statements whose person was erased: nobody can read them any more. For the role stackway_eeo."""
    gone = delete(Demographics).where(~exists().where(PersonKey.id == Demographics.person))
    return tuple(session.scalars(gone.returning(Demographics.person)))


@frozen
class Kind:
    """A class of records: its name in the audit, how stale ones are found, and what is emptied beside the key."""

    name: str
    list_stale: Callable[[Session, datetime, int], tuple[uuid.UUID, ...]]
    empty: Callable[[Session, uuid.UUID], None] | None = None


SEEKERS = Kind("seeker", list_stale_seekers, empty_stale_seeker)
MATCHES = Kind("match", list_stale_matches)
LISTS = Kind("batch", list_stale_batches, remove_batch)
