"""Answers kept for the board that asked, and what a named person decided on their plans."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import orjson

from app.db import matches, people
from app.db.matches import KeptDecision, KeptMatch, ListedMatch
from app.db.people import Place
from app.errors import FieldError, InvalidInputError, NotFoundError, ReplyErasedError
from app.services.cursors import Cursors
from app.services.ledger import Act, Ledger, Made, Once
from app.services.listing import Page
from app.services.principal import Principal
from app.services.tags import State
from app.services.vault import PersonalKey
from matching.answer import Answer
from matching.seeker import Seeker
from taxonomy.frozen import frozen

_AT_ONCE = 200  # answers opened in one transaction
_ANSWER, _DECISION = "matches.answer", "decisions.content"


@frozen
class DecisionMade:
    """What was decided on a plan, by whom and why."""

    id: uuid.UUID
    match_id: uuid.UUID
    created_at: datetime | None
    plan: str
    decision: str
    reason: str
    decided_by: str
    changes: tuple[dict[str, Any], ...]


@frozen
class Matches:
    """Kept answers, each seen by its board only."""

    ledger: Ledger

    def keep(self, caller: Principal, seeker: Seeker, answer: Answer, body: bytes, once: Once | None = None) -> Made:
        """Keep the very bytes of an answer. When this returns they are on disk; when it raises they are not.

        Raises:
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            ReplyErasedError: the same request was answered, and its answer erased.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "match.create") as act:
            return keep_answer(act, seeker, answer, body, once)

    def get_answer(self, caller: Principal, match_id: uuid.UUID) -> bytes:
        """The bytes that were kept.

        Raises:
            NotFoundError: this board has no such answer.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "match.read") as act:
            act.saw("match", match_id)
            return open_answer(act, find_kept(act, match_id))

    def list(self, caller: Principal, *, limit: int, cursor: str | None, seeker: uuid.UUID | None) -> Page[ListedMatch]:
        """Kept answers, newest first.

        Raises:
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, "matches")
        before = cursors.place(cursor)
        with self.ledger.act(caller, "match.list") as act:
            rows = matches.list_matches(act.session, limit=limit + 1, before=before, seeker=seeker)
            act.saw("match", *(row.id for row in rows[:limit]))
        return Page(rows[:limit], cursors.after_last(rows, limit))

    def made_from(self, caller: Principal, snapshot: str) -> Iterator[tuple[uuid.UUID, bytes]]:
        """All answers of the board that were made from a snapshot and not erased, newest first, as they were kept.

        Raises:
            UnavailableError: the database is away.
        """
        before: Place | None = None
        while True:
            with self.ledger.act(caller, "match.compare") as act:
                rows = matches.list_made_from(act.session, snapshot, limit=_AT_ONCE, before=before)
                act.saw("match", *(row.id for row in rows))
                bodies = [(row.id, open_answer(act, find_kept(act, row.id))) for row in rows]
            yield from bodies
            if len(rows) < _AT_ONCE:
                return
            before = (rows[-1].created_at, rows[-1].id)

    def erase(self, caller: Principal, match_id: uuid.UUID, tag: str | None) -> None:
        """Destroy the key of an answer that belongs to no kept person; it and its decisions open no more.

        Raises:
            NotFoundError: this board has no such answer with a key of its own.
            PreconditionFailedError: `tag` is that of another answer.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "match.erase") as act:
            act.saw("match", match_id)
            if tag is not None:
                State(tag).check(open_answer(act, find_kept(act, match_id)))
            if not matches.has_own_key(act.session, match_id) or not people.destroy_key(act.session, match_id):
                raise NotFoundError(
                    "No match of this board has this id and a key of its own. One made from a kept seeker is erased "
                    "with the seeker."
                )

    def decide(self, caller: Principal, match_id: uuid.UUID, made: DecisionMade, once: Once | None) -> Made:
        """Keep a decision on a plan of an answer.

        Raises:
            NotFoundError: this board has no such answer.
            InvalidInputError: the answer has no such plan.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, "decision.create") as act:
            kept = find_kept(act, match_id)
            act.saw("match", match_id)
            replayed = act.replayed(once, "decision")
            if replayed is not None:
                return replayed
            check_plan(orjson.loads(open_answer(act, kept)), made.plan)
            content = orjson.dumps({"reason": made.reason, "decided_by": made.decided_by, "changes": made.changes})
            sealed = key_of(act, kept).seal(content, _DECISION, made.id)
            row = KeptDecision(made.id, match_id, None, made.plan, made.decision, caller.name, sealed)
            at = matches.add_decision(act.session, caller.board, row)
            # Neither name nor reason: what is kept to be sent again is under nobody's key.
            said = {"id": made.id, "match_id": match_id, "created_at": at, "plan": made.plan, "decision": made.decision}
            return act.made(once, "decision", made.id, said)

    def list_decisions(
        self, caller: Principal, match_id: uuid.UUID, *, limit: int, cursor: str | None
    ) -> Page[DecisionMade]:
        """What was decided on the plans of an answer, oldest first.

        Raises:
            NotFoundError: this board has no such answer.
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, f"decisions/{match_id}")
        after = cursors.place(cursor)
        with self.ledger.act(caller, "decision.list") as act:
            kept = find_kept(act, match_id)
            if kept.person is not None:
                act.get_person(kept.person, "match")  # an erased answer is not found, decided on or not
            rows = matches.list_decisions(act.session, match_id, limit=limit + 1, after=after)
            act.saw("match", match_id)
            act.saw("decision", *(row.id for row in rows[:limit]))
            made = tuple(_opened(act, kept, row) for row in rows[:limit])
        return Page(made, cursors.after_last(rows, limit))


def keep_answer(
    act: Act, seeker: Seeker, answer: Answer, body: bytes, once: Once | None, person: uuid.UUID | None = None
) -> Made:
    """Keep an answer within an act, under the key of `person`, or under one of its own.

    Raises:
        ReplyErasedError: the same request was answered, and its answer erased.
    """
    earlier = act.earlier(once)
    if earlier is not None:
        act.saw("match", earlier.resource)
        try:
            first = open_answer(act, find_kept(act, earlier.resource))
        except NotFoundError:
            raise ReplyErasedError from None
        return Made(earlier.resource, first, replayed=True)
    match_id = uuid.uuid4()
    key = act.new_person(match_id) if person is None else act.get_person(person, "seeker")
    kept = KeptMatch(
        id=match_id,
        board=act.board,
        input_digest=act.vault.digest(act.board, "profile", orjson.dumps(seeker)),
        snapshot=answer.snapshot,
        method_version=answer.method_version,
        as_of=date.fromisoformat(answer.as_of),
        answer=key.seal(body, _ANSWER, match_id),
        person=person or match_id,
    )
    matches.add_match(act.session, kept)
    act.remember(once, match_id)
    act.saw("match", match_id)
    return Made(match_id, body, replayed=False)


def find_kept(act: Act, match_id: uuid.UUID) -> KeptMatch:
    """An answer of the board, as kept.

    Raises:
        NotFoundError: this board has no such answer.
    """
    kept = matches.find_match(act.session, match_id)
    if kept is None:
        raise NotFoundError("No match of this board has this id.")
    return kept


def open_answer(act: Act, kept: KeptMatch) -> bytes:
    """The bytes of an answer.

    Raises:
        NotFoundError: it was erased.
    """
    if kept.person is None:
        return kept.answer
    return act.get_person(kept.person, "match").open(kept.answer, _ANSWER, kept.id)


def key_of(act: Act, kept: KeptMatch) -> PersonalKey:
    """The key that what is said of an answer is kept under.

    Raises:
        NotFoundError: it was erased.
    """
    if kept.person is not None:
        return act.get_person(kept.person, "match")
    return act.find_person(kept.id) or act.new_person(kept.id)  # an answer from before there were keys


def check_plan(answer: dict[str, Any], plan: str) -> None:
    """Refuse what is said of a plan that the answer does not have.

    Raises:
        InvalidInputError: there is no such plan.
    """
    if plan not in (made["id"] for made in answer["plans"]):
        fault = FieldError("/plan", "not_an_option", "is not the id of a plan of this answer", "give a plan's id")
        raise InvalidInputError("The request has a fault; see errors.", errors=(fault,))


def _opened(act: Act, kept: KeptMatch, row: KeptDecision) -> DecisionMade:
    key = act.get_person(kept.person or kept.id, "match")
    content = orjson.loads(key.open(row.content, _DECISION, row.id))
    return DecisionMade(row.id, row.match_id, row.created_at, row.plan, row.verdict, **content)
