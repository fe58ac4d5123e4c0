"""People kept under a made-up id: profile under their own key, found by reference, erased by destroying the key."""

import uuid
from datetime import date, datetime
from typing import Any

import orjson

from app.db import people
from app.db.people import KeptSeeker
from app.errors import NotFoundError, OnHoldError, PreconditionFailedError
from app.services.cursors import Cursors
from app.services.ledger import Act, Ledger, Made, Once
from app.services.listing import Page
from app.services.matches import keep_answer
from app.services.principal import Principal
from app.services.vault import PersonalKey, Vault
from matching.answer import Answer
from matching.seeker import Seeker
from taxonomy.frozen import frozen

_PROFILE = "seekers.profile"


@frozen
class SeekerRecord:
    """A person without what is known of them; `on_hold_since`: the day from which nothing of them is erased."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    on_hold_since: date | None


@frozen
class Seekers:
    """Kept people, each seen by their board only. Profiles are as they were sent, after they were checked."""

    ledger: Ledger

    def create(self, caller: Principal, profile: dict[str, Any], once: Once | None) -> Made:
        """Keep a person; the body says nothing of them.

        Raises:
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "seeker.create") as act:
            replayed = act.replayed(once, "seeker")
            if replayed is not None:
                return replayed
            person = uuid.uuid4()
            sealed = act.new_person(person).seal(orjson.dumps(profile), _PROFILE, person)
            digest = reference_digest(act.vault, act.board, profile)
            kept = people.add_seeker(act.session, act.board, person, digest, sealed)
            return act.made(once, "seeker", person, _record(kept))

    def get(self, caller: Principal, person: uuid.UUID) -> tuple[SeekerRecord, dict[str, Any]]:
        """A person with their profile.

        Raises:
            NotFoundError: this board has no such person, or erased them.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "seeker.read") as act:
            act.saw("seeker", person)
            kept = _found(act, person)
            key = act.get_person(kept.id, "seeker")
            return _record(kept), opened_profile(key, kept.id, kept.profile)

    def change(
        self, caller: Principal, person: uuid.UUID, version: int | None, profile: dict[str, Any]
    ) -> SeekerRecord:
        """Put a new profile in place of `version`; None: of whichever is the newest.

        Raises:
            NotFoundError: this board has no such person, or erased them.
            PreconditionFailedError: `version` is not the newest any more.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "seeker.change") as act:
            act.saw("seeker", person)
            before = _found(act, person)
            sealed = act.get_person(person, "seeker").seal(orjson.dumps(profile), _PROFILE, person)
            at = before.version if version is None else version
            digest = reference_digest(act.vault, act.board, profile)
            kept = people.change_seeker(act.session, person, at, digest, sealed)
            if kept is None:
                raise PreconditionFailedError
            return _record(kept)

    def erase(self, caller: Principal, person: uuid.UUID, version: int | None) -> None:
        """Destroy the key of a person: profile, answers and decisions open no more, here or in a copy without keys.

        Raises:
            NotFoundError: this board has no such person, or erased them.
            PreconditionFailedError: `version` is not the newest any more.
            OnHoldError: they are on legal hold.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "seeker.erase") as act:
            act.saw("seeker", person)
            before = find_in_version(act, person, version)  # locked, so that nobody is put on hold meanwhile
            if before.hold_since is not None:
                raise OnHoldError
            people.empty_seeker(act.session, person, before.version)
            people.destroy_key(act.session, person)

    def list(self, caller: Principal, *, limit: int, cursor: str | None, reference: str | None) -> Page[SeekerRecord]:
        """People, newest first; with a reference, those that have it.

        Raises:
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, "seekers")
        before = cursors.place(cursor)
        with self.ledger.act(caller, "seeker.list") as act:
            references = None if reference is None else act.vault.digests(act.board, "reference", reference.encode())
            rows = people.list_seekers(act.session, limit=limit + 1, before=before, references=references)
            act.saw("seeker", *(row.id for row in rows[:limit]))
        return Page(tuple(map(_record, rows[:limit])), cursors.after_last(rows, limit))

    def keep_answer(
        self, caller: Principal, person: uuid.UUID, seeker: Seeker, answer: Answer, body: bytes, once: Once | None
    ) -> Made:
        """Keep an answer to a person's profile, under their key.

        Raises:
            NotFoundError: this board has no such person, or erased them.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "match.create") as act:
            act.saw("seeker", person)
            _found(act, person)
            return keep_answer(act, seeker, answer, body, once, person)


def find_in_version(act: Act, person: uuid.UUID, version: int | None) -> KeptSeeker:
    """A person who stays as they are until the act ends.

    Raises:
        NotFoundError: this board has no such person, or erased them.
        PreconditionFailedError: `version` is not the newest any more.
    """
    kept = _found(act, person, lock=True)
    if version not in (None, kept.version):
        raise PreconditionFailedError
    return kept


def _found(act: Act, person: uuid.UUID, *, lock: bool = False) -> KeptSeeker:
    kept = people.find_seeker(act.session, person, lock=lock)
    if kept is None:
        raise NotFoundError("No seeker of this board has this id.")
    return kept


def opened_profile(key: PersonalKey, person: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    """A profile as it was sent.

    Raises:
        ConfigurationError: it was kept under another key, or changed since.
    """
    profile: dict[str, Any] = orjson.loads(key.open(sealed, _PROFILE, person))
    return profile


def reference_digest(vault: Vault, board: str, profile: dict[str, Any]) -> bytes | None:
    """What a profile's reference is found by, or None where it has none."""
    reference = profile.get("reference")
    return None if reference is None else vault.digest(board, "reference", str(reference).encode())


def _record(kept: KeptSeeker) -> SeekerRecord:
    return SeekerRecord(kept.id, kept.version, kept.created_at, kept.updated_at, kept.hold_since)
