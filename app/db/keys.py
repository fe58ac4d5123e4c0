"""Boards and their API keys: the queries. Services begin and commit; nothing here does."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db.session import Session
from app.db.tables import ApiKey, Board
from taxonomy.frozen import frozen


@frozen
class KeptKey:
    """A key as it is kept: never its secret. `works` is by the database's clock, the same for every process."""

    id: str
    board: str
    secret_digest: bytes
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    works: bool


_WORKS = ApiKey.revoked_at.is_(None) & (ApiKey.expires_at.is_(None) | (ApiKey.expires_at > func.now()))


def find_key(session: Session, key_id: str) -> KeptKey | None:
    """The key with this id. A session sees those of its board, and the one it was told to look for."""
    row = session.execute(select(ApiKey, _WORKS).where(ApiKey.id == key_id)).one_or_none()
    return None if row is None else _kept(*row)


def list_keys(session: Session, board: str) -> tuple[KeptKey, ...]:
    """The keys of a board, oldest first."""
    # The board is named again, since an owner who is a superuser sees all rows.
    rows = session.execute(select(ApiKey, _WORKS).where(ApiKey.board == board).order_by(ApiKey.created_at, ApiKey.id))
    return tuple(_kept(*row) for row in rows)


def add_key(  # the columns of a key
    session: Session, key_id: str, board: str, secret_digest: bytes, scopes: Sequence[str], expires_at: datetime | None
) -> None:
    """Keep a key, and its board where it is new."""
    add_board(session, board)
    session.add(ApiKey(id=key_id, board=board, secret_digest=secret_digest, scopes=list(scopes), expires_at=expires_at))


def revoke_key(session: Session, key_id: str) -> bool:
    """End a key now; whether there was one that had not been ended before."""
    ended = session.execute(
        update(ApiKey)
        .where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .returning(ApiKey.id)
    )
    return ended.scalar_one_or_none() is not None


def add_board(session: Session, slug: str) -> None:
    """Make a board where there is none with this name."""
    session.execute(insert(Board).values(slug=slug, name=slug).on_conflict_do_nothing())


def list_boards(session: Session) -> tuple[str, ...]:
    """The names of all boards."""
    return tuple(session.scalars(select(Board.slug).order_by(Board.slug)))


def _kept(key: ApiKey, works: bool) -> KeptKey:  # noqa: FBT001 # a column of the row
    return KeptKey(
        key.id,
        key.board,
        key.secret_digest,
        tuple(key.scopes),
        key.created_at,
        key.expires_at,
        key.revoked_at,
        works,
    )
