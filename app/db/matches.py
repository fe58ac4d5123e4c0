"""Answers kept: the queries on `matches`. Services begin and commit; nothing here does."""

import uuid
from dataclasses import dataclass
from datetime import date

from app.db.session import Session
from app.db.tables import Match


@dataclass(frozen=True, slots=True)
class KeptMatch:
    """An answer to keep, with what it was made from."""

    id: uuid.UUID
    board: str
    input_digest: bytes
    snapshot: str
    method_version: str
    as_of: date
    answer: bytes


def add_match(session: Session, kept: KeptMatch) -> None:
    """Keep an answer; seen by others once the caller commits."""
    session.add(
        Match(
            id=kept.id,
            board=kept.board,
            input_digest=kept.input_digest,
            snapshot=kept.snapshot,
            method_version=kept.method_version,
            as_of=kept.as_of,
            answer=kept.answer,
        )
    )


def find_answer(session: Session, match_id: uuid.UUID) -> bytes | None:
    """The bytes of an answer of the session's board, or None."""
    match = session.get(Match, match_id)
    return None if match is None else match.answer
