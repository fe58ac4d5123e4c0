"""What becomes of a plan: who a person was sent to, what came of it, and reviews that were asked for.

Added to, never changed; all words are sealed with the key of the person matched.
"""

import uuid
from datetime import date, datetime
from typing import Any, Literal

import orjson

from app.db import follow_ups, matches
from app.db.follow_ups import KeptFollowUp
from app.errors import NotFoundError, SettledError
from app.services.cursors import Cursors
from app.services.events import announce
from app.services.ledger import Act, Ledger, Made, Once
from app.services.listing import Page
from app.services.matches import check_plan, find_kept, key_of, open_answer
from app.services.principal import Principal
from taxonomy.frozen import frozen

Kind = Literal["referral", "outcome", "review_request", "review_result"]

_CONTENT = "follow_ups.content"


@frozen
class FollowUpRecord:
    """One of them, opened."""

    id: uuid.UUID
    match_id: uuid.UUID
    kind: str
    about: uuid.UUID | None
    due_on: date | None
    created_at: datetime | None
    content: dict[str, Any]
    result: "FollowUpRecord | None" = None  # of a request for review that is settled


@frozen
class FollowUps:
    """Those of a board's answers."""

    ledger: Ledger

    def add(
        self,
        caller: Principal,
        made: FollowUpRecord,
        once: Once | None,
    ) -> Made:
        """Keep one; the body says when and until when, and none of its words.

        Raises:
            NotFoundError: this board has no such answer, or it has no such request for review.
            InvalidInputError: the answer has no such plan.
            SettledError: the request for review has its result.
            InFlightError: the same request is being answered now.
            KeyReusedError: the Idempotency-Key came with another request before.
            UnavailableError: the database is away.
        """
        with self.ledger.act(caller, f"{made.kind}.create") as act:
            kept = find_kept(act, made.match_id)
            act.saw("match", made.match_id)
            replayed = act.replayed(once, made.kind)
            if replayed is not None:
                return replayed
            answer = open_answer(act, kept)
            if "plan" in made.content:
                check_plan(orjson.loads(answer), made.content["plan"])
            if made.about is not None:
                _check_request(act, made.match_id, made.about)
            sealed = key_of(act, kept).seal(orjson.dumps(made.content), _CONTENT, made.id)
            row = KeptFollowUp(made.id, made.match_id, made.kind, made.about, made.due_on, None, caller.name, sealed)
            at = follow_ups.add_follow_up(act.session, act.board, row)
            if at is None:
                raise SettledError
            said = {"id": made.id, "match_id": made.match_id, "created_at": at, "due_on": made.due_on}
            _announce(act, made)
            return act.made(once, made.kind, made.id, said)

    def list(
        self, caller: Principal, match_id: uuid.UUID, kind: Kind, *, limit: int, cursor: str | None
    ) -> Page[FollowUpRecord]:
        """Those of an answer, oldest first; a request for review has its result with it.

        Raises:
            NotFoundError: this board has no such answer.
            InvalidInputError: the cursor is not one we gave.
            UnavailableError: the database is away.
        """
        cursors = Cursors(self.ledger.vault, caller.board, f"{kind}/{match_id}")
        after = cursors.place(cursor)
        with self.ledger.act(caller, f"{kind}.list") as act:
            kept = find_kept(act, match_id)
            if kept.person is not None:
                act.get_person(kept.person, "match")  # an erased answer is not found
            rows = follow_ups.list_follow_ups(act.session, match_id, kind, limit=limit + 1, after=after)
            shown = rows[:limit]
            settling = follow_ups.list_about(act.session, [row.id for row in shown])
            act.saw("match", match_id)
            for row in (*shown, *settling):
                act.saw(row.kind, row.id)
            results = {row.about: _opened(act, kept, row) for row in settling}
            records = tuple(_opened(act, kept, row, results.get(row.id)) for row in shown)
        return Page(records, cursors.after_last(rows, limit))


def _announce(act: Act, made: FollowUpRecord) -> None:
    if made.kind == "referral":
        announce(act, "referral.created", match_id=made.match_id, referral_id=made.id)
    elif made.kind == "review_request":
        announce(act, "review.requested", match_id=made.match_id, review_id=made.id)
    elif made.about is not None:
        announce(act, "review.settled", match_id=made.match_id, review_id=made.about)


def _check_request(act: Act, match_id: uuid.UUID, request: uuid.UUID) -> None:
    if not follow_ups.has_follow_up(act.session, match_id, "review_request", request):
        raise NotFoundError("This match has no request for review with this id.")


def _opened(
    act: Act, kept: matches.KeptMatch, row: KeptFollowUp, result: FollowUpRecord | None = None
) -> FollowUpRecord:
    content = orjson.loads(act.get_person(kept.person or kept.id, "match").open(row.content, _CONTENT, row.id))
    return FollowUpRecord(row.id, row.match_id, row.kind, row.about, row.due_on, row.created_at, content, result)
