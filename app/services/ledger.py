"""Acts on people's records: one transaction each, with its audit event in it, and done once however often it is sent.

When an act ends without an exception, all of it is on disk; when it raises, none of it is.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import orjson
from structlog.contextvars import get_contextvars

from app.db import audit, people, replies
from app.db.audit import Event
from app.db.replies import KeptReply
from app.db.session import Database, Session
from app.errors import InFlightError, KeyReusedError, NotFoundError
from app.logs import get_logger, whereabouts
from app.services.audit import Anchor
from app.services.principal import Caller
from app.services.vault import PersonalKey, Vault
from taxonomy.frozen import frozen


@frozen
class Once:
    """What makes two requests the same: the Idempotency-Key, where it was sent, and all that was sent with it."""

    key: str
    route: str
    sent: bytes


@frozen
class Made:
    """A record that was made, or had been by the same request before."""

    id: uuid.UUID
    body: bytes
    replayed: bool


@dataclass(slots=True)
class Act:
    """One transaction of one caller. `saw` names the records that are read or written, for the audit."""

    session: Session
    board: str
    vault: Vault
    subjects: list[str] = field(default_factory=list)

    def saw(self, kind: str, *ids: uuid.UUID) -> None:
        """Name records this act reads or writes."""
        self.subjects += [f"{kind}:{record}" for record in ids]

    def new_person(self, person: uuid.UUID) -> PersonalKey:
        """A key for a person who has none."""
        key, wrapped = self.vault.new_key(self.board, person)
        people.add_key(self.session, self.board, person, wrapped)
        return key

    def find_person(self, person: uuid.UUID) -> PersonalKey | None:
        """The key of a person, or None where they are unknown or erased."""
        wrapped = people.find_key(self.session, person)
        return None if wrapped is None else self.vault.unwrap(self.board, person, wrapped)

    def get_person(self, person: uuid.UUID, kind: str) -> PersonalKey:
        """The key of a person.

        Raises:
            NotFoundError: they are unknown to this board, or erased.
        """
        key = self.find_person(person)
        if key is None:
            raise NotFoundError(f"No {kind} of this board has this id.")
        return key

    def earlier(self, once: Once | None) -> KeptReply | None:
        """What this very request was answered before; from here on no other transaction answers it.

        Raises:
            InFlightError: another transaction answers it now.
            KeyReusedError: the key came with another request.
        """
        if once is None:
            return None
        keys, fingerprints = self._digests(once)
        # Under each secret key in use, since another process may still have the one before as its newest.
        if not all(replies.claim(self.session, self.board, key) for key in sorted(keys)):
            raise InFlightError
        found = replies.find_reply(self.session, self.board, keys)
        if found is not None and found.fingerprint not in fingerprints:
            raise KeyReusedError
        return found

    def remember(self, once: Once | None, resource: uuid.UUID, body: bytes | None = None) -> None:
        """Keep what the request was answered; without a body where the resource itself has it."""
        if once is not None:
            keys, fingerprints = self._digests(once)
            replies.add_reply(self.session, self.board, keys[0], KeptReply(fingerprints[0], resource, body))

    def replayed(self, once: Once | None, kind: str) -> Made | None:
        """What this very request was answered before, where that was kept; for the audit, its record is read again.

        Raises:
            InFlightError: another transaction answers it now.
            KeyReusedError: the key came with another request.
        """
        earlier = self.earlier(once)
        if earlier is None:
            return None
        self.saw(kind, earlier.resource)
        return Made(earlier.resource, earlier.body or b"", replayed=True)

    def made(self, once: Once | None, kind: str, record: uuid.UUID, said: object) -> Made:
        """A record this act made or changed. What is said of it is kept for the same request under nobody's key."""
        body = orjson.dumps(said)
        self.remember(once, record, body)
        self.saw(kind, record)
        return Made(record, body, replayed=False)

    def _digests(self, once: Once) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
        key = self.vault.digests(self.board, "reply", f"{once.route} {once.key}".encode())
        return key, self.vault.digests(self.board, "request", once.sent)


@frozen
class Ledger:
    """Where acts are done and written down."""

    database: Database
    vault: Vault
    anchor: Anchor

    @contextmanager
    def act(self, caller: Caller, action: str) -> Iterator[Act]:
        """A transaction on the records of the caller's board.

        Raises:
            UnavailableError: the database is away, or took too long.
        """
        event = None
        with self.database.session(caller.board) as session, session.begin():
            act = Act(session, caller.board, self.vault)
            yield act
            if act.subjects:
                done = audit.Act(caller.name, action, tuple(act.subjects), get_contextvars().get("request_id"))
                event = audit.append_event(session, caller.board, done, self.vault.audit_code)
        if event is not None:
            self._anchor(event)

    def _anchor(self, event: Event) -> None:
        """Keep the code of an event elsewhere. The act is done by now, and must not be told as one that failed."""
        try:
            self.anchor.write(event)
        except OSError as error:
            get_logger().error("a code of the audit was not kept elsewhere", board=event.board, **whereabouts(error))
