"""Answer a profile and keep the answer for the board that asked."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date

import orjson

from app.db.matches import KeptMatch, add_match, find_answer
from app.db.session import Database
from app.errors import NotFoundError
from app.services.principal import Principal
from matching.answer import Answer
from matching.seeker import Seeker


@dataclass(frozen=True, slots=True)
class Matches:
    """Kept answers, each seen by its board only."""

    database: Database

    def keep(self, caller: Principal, seeker: Seeker, answer: Answer, body: bytes) -> uuid.UUID:
        """Keep the very bytes of an answer. When this returns they are on disk; when it raises they are not.

        Raises:
            UnavailableError: the database is away.
        """
        kept = KeptMatch(
            id=uuid.uuid4(),
            board=caller.board,
            input_digest=hashlib.sha256(orjson.dumps(seeker)).digest(),
            snapshot=answer.snapshot,
            method_version=answer.method_version,
            as_of=date.fromisoformat(answer.as_of),
            answer=body,
        )
        with self.database.session(caller.board) as session, session.begin():
            add_match(session, kept)
        return kept.id

    def get_answer(self, caller: Principal, match_id: uuid.UUID) -> bytes:
        """The bytes that were kept.

        Raises:
            NotFoundError: this board has no such answer.
            UnavailableError: the database is away.
        """
        with self.database.session(caller.board) as session:
            answer = find_answer(session, match_id)
        if answer is None:
            raise NotFoundError("No match of this board has this id.")
        return answer
