"""Replies kept a day for requests that are sent again: the queries. Services begin and commit; nothing here does."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, text

from app.db.session import Session
from app.db.tables import Reply
from taxonomy.frozen import frozen

_KEPT_FOR = timedelta(hours=24)
_CLAIM = text("select pg_try_advisory_xact_lock(hashtextextended('stackway.reply/' || :board || '/' || :key, 0))")


@frozen
class KeptReply:
    """What was answered; no body where the resource itself has it."""

    fingerprint: bytes
    resource: uuid.UUID
    body: bytes | None


def claim(session: Session, board: str, key_digest: bytes) -> bool:
    """Take a key until the transaction ends, however it ends; False where another transaction has it."""
    return bool(session.scalar(_CLAIM, {"board": board, "key": key_digest.hex()}))


def find_reply(session: Session, board: str, key_digests: Sequence[bytes]) -> KeptReply | None:
    """What was answered to a key within a day, by any of its digests."""
    reply = session.scalars(
        select(Reply).where(
            Reply.board == board, Reply.key_digest.in_(key_digests), Reply.created_at > func.now() - _KEPT_FOR
        )
    ).one_or_none()
    return None if reply is None else KeptReply(reply.fingerprint, reply.resource, reply.body)


def add_reply(session: Session, board: str, key_digest: bytes, reply: KeptReply) -> None:
    """Keep a reply, and drop those of the board whose day is over."""
    session.execute(delete(Reply).where(Reply.board == board, Reply.created_at <= func.now() - _KEPT_FOR))
    session.add(
        Reply(
            board=board,
            key_digest=key_digest,
            fingerprint=reply.fingerprint,
            resource=reply.resource,
            body=reply.body,
        )
    )
