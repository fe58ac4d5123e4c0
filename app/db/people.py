"""People and their keys: the queries. Services begin and commit; nothing here does."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, delete, func, insert, select, tuple_, update

from app.db.session import Session
from app.db.tables import PersonKey, Seeker
from taxonomy.frozen import frozen

Place = tuple[datetime, uuid.UUID]  # of a record in a list, newest first


@frozen
class KeptSeeker:
    """A person as kept; the profile is sealed, and so is the reason of a hold where they are on one."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    profile: bytes
    hold_since: date | None = None
    hold_content: bytes | None = None


def add_key(session: Session, board: str, person: uuid.UUID, wrapped: bytes) -> None:
    """Keep the key of a person."""
    session.execute(insert(PersonKey), {"id": person, "board": board, "wrapped": wrapped})


def find_key(session: Session, person: uuid.UUID) -> bytes | None:
    """The wrapped key of a person of the session's board, or None where they are unknown or erased."""
    return session.scalars(select(PersonKey.wrapped).where(PersonKey.id == person)).one_or_none()


@frozen
class WrappedKey:
    """A key as it is kept; for a person found by a reference, the profile that holds it, and its digest."""

    person: uuid.UUID
    wrapped: bytes
    profile: bytes | None
    reference_digest: bytes | None


def list_keys_not_marked(session: Session, mark: bytes, after: uuid.UUID, limit: int) -> tuple[WrappedKey, ...]:
    """Keys of the session's board that do not begin with `mark`, in the order of their ids."""
    query = (
        select(PersonKey.id, PersonKey.wrapped, Seeker.profile, Seeker.reference_digest)
        .outerjoin(Seeker, and_(Seeker.id == PersonKey.id, Seeker.reference_digest.is_not(None)))
        .where(PersonKey.id > after, func.substring(PersonKey.wrapped, 1, len(mark)) != mark)
    )
    return tuple(WrappedKey(*row) for row in session.execute(query.order_by(PersonKey.id).limit(limit)))


def rewrap_key(session: Session, key: WrappedKey, wrapped: bytes, reference: bytes | None) -> bool:
    """Put a wrap, and the digest of a reference, in place of those before; False where the person was erased since."""
    changed = session.execute(
        update(PersonKey)
        .where(PersonKey.id == key.person, PersonKey.wrapped == key.wrapped)
        .values(wrapped=wrapped)
        .returning(PersonKey.id)
    )
    if reference is not None:  # unless the person was changed since, and with them the digest
        session.execute(
            update(Seeker)
            .where(Seeker.id == key.person, Seeker.reference_digest == key.reference_digest)
            .values(reference_digest=reference)
        )
    return changed.scalar_one_or_none() is not None


def destroy_key(session: Session, person: uuid.UUID) -> bool:
    """Destroy the key of a person; whether there was one."""
    destroyed = session.execute(delete(PersonKey).where(PersonKey.id == person).returning(PersonKey.id))
    return destroyed.scalar_one_or_none() is not None


def add_seeker(session: Session, board: str, seeker: uuid.UUID, reference: bytes | None, profile: bytes) -> KeptSeeker:
    """Keep a person in version 1."""
    row = Seeker(id=seeker, board=board, version=1, reference_digest=reference, profile=profile)
    session.add(row)
    session.flush()
    session.refresh(row)
    return KeptSeeker(row.id, row.version, row.created_at, row.updated_at, profile)


def find_seeker(session: Session, seeker: uuid.UUID, *, lock: bool = False) -> KeptSeeker | None:
    """A person of the session's board, or None where they are unknown or erased; locked: as they are until the end."""
    query = select(Seeker).where(Seeker.id == seeker)
    return next(iter(_read(session, query.with_for_update() if lock else query)), None)


def list_seekers(
    session: Session, *, limit: int, before: Place | None = None, references: Sequence[bytes] | None = None
) -> tuple[KeptSeeker, ...]:
    """People of the session's board, newest first; where digests of a reference are given, those that have one."""
    query = select(Seeker).order_by(Seeker.created_at.desc(), Seeker.id.desc()).limit(limit)
    if before is not None:
        query = query.where(tuple_(Seeker.created_at, Seeker.id) < before)
    if references is not None:
        query = query.where(Seeker.reference_digest.in_(references))
    return tuple(_read(session, query))


def change_seeker(
    session: Session, seeker: uuid.UUID, version: int, reference: bytes | None, profile: bytes
) -> KeptSeeker | None:
    """Put a new version after `version`; None where that is not the newest any more."""
    changed = session.execute(
        update(Seeker)
        .where(Seeker.id == seeker, Seeker.version == version, Seeker.erased_at.is_(None))
        .values(version=version + 1, updated_at=func.now(), reference_digest=reference, profile=profile)
        .returning(Seeker.created_at, Seeker.updated_at, Seeker.hold_since, Seeker.hold_content)
    ).one_or_none()
    if changed is None:
        return None
    return KeptSeeker(
        seeker, version + 1, changed.created_at, changed.updated_at, profile, changed.hold_since, changed.hold_content
    )


def change_hold(session: Session, seeker: uuid.UUID, since: date | None, content: bytes | None) -> int:
    """Put a person who is locked on hold, or lift it; the version they are in from here on.

    How long they are kept goes by `updated_at`, which a hold leaves alone: when it is lifted, all is as before it.
    """
    changed = (
        update(Seeker)
        .where(Seeker.id == seeker)
        .values(version=Seeker.version + 1, hold_since=since, hold_content=content)
        .returning(Seeker.version)
    )
    version: int = session.execute(changed).scalar_one()
    return version


def empty_seeker(session: Session, seeker: uuid.UUID, version: int) -> bool:
    """Leave nothing of a person but that there was one; False where `version` is not the newest any more."""
    emptied = session.execute(
        update(Seeker)
        .where(Seeker.id == seeker, Seeker.version == version, Seeker.erased_at.is_(None))
        .values(erased_at=func.now(), updated_at=func.now(), reference_digest=None, profile=None)
        .returning(Seeker.id)
    )
    return emptied.scalar_one_or_none() is not None


def _read(session: Session, query: Select[Seeker]) -> Sequence[KeptSeeker]:
    rows = session.scalars(query.where(Seeker.erased_at.is_(None)))
    return [
        KeptSeeker(r.id, r.version, r.created_at, r.updated_at, r.profile, r.hold_since, r.hold_content)
        for r in rows
        if r.profile is not None
    ]
