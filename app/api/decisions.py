"""`/v1/matches/{id}/decisions`: which plan a named person accepted, edited or rejected, and why."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.api.access import DecisionReader, DecisionWriter
from app.api.body import JsonBody, read_as
from app.api.conditions import OnceDep
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.lookups import PageOptions
from app.api.model import Model
from app.api.replies import PRIVATE, made_reply, page_reply
from app.api.schemas import ShortText, Strict
from app.deps import MatchesDep
from app.services.matches import DecisionMade

router = APIRouter(prefix="/v1", tags=["decisions"], route_class=DescribedRoute)

Verdict = Literal["accept", "edit", "reject"]
_Reason = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00]*$")]

_EXAMPLE: dict[str, Any] = {
    "plan": "p-1",
    "decision": "edit",
    "reason": "The evening class is full until March.",
    "decided_by": "R. Ortiz, case manager",
    "changes": [{"step": 1, "change": "replace", "note": "day class at the same college"}],
}
_MADE: dict[str, Any] = {
    "id": "7c1e9f0a-5d3b-4b7e-8a55-2f64f3c0d911",
    "match_id": "0b7ad1f5-4f7e-4c39-9b0e-3f0a52f4a7c1",
    "created_at": "2026-11-22T15:04:05.123456+00:00",
    "plan": "p-1",
    "decision": "edit",
}


class ChangeIn(Strict):
    """One change to a step of the plan, counted from 1."""

    step: Annotated[int, Field(ge=1, le=20)]
    change: Literal["replace", "drop", "add_before", "add_after", "postpone"]
    note: _Reason


class DecisionIn(Strict):
    """What was decided on a plan of the answer. An edit names its changes; nothing else has any."""

    plan: Annotated[str, Field(min_length=1, max_length=100, description="Id of the plan in the answer")]
    decision: Verdict
    reason: _Reason
    decided_by: Annotated[ShortText, Field(description="The person who decided")]
    changes: Annotated[list[ChangeIn], Field(max_length=20)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _changes_with_an_edit(self) -> "DecisionIn":
        if (self.decision == "edit") != bool(self.changes):
            raise PydanticCustomError("changes_of_an_edit", "changes")
        return self


class DecisionCreated(Model):
    """A decision without the words of it."""

    id: uuid.UUID
    match_id: uuid.UUID
    created_at: datetime
    plan: str
    decision: Verdict


class DecisionOut(DecisionCreated):
    """A decision."""

    reason: str
    decided_by: str
    changes: list[ChangeIn]


class DecisionList(Model):
    """Decisions, oldest first."""

    items: list[DecisionOut]
    next_cursor: str | None


@router.post(
    "/matches/{match_id}/decisions",
    operation_id="create_decision",
    summary="Accept, edit or reject a plan, by name and with a reason",
    description="Decisions are added, never changed: whoever thinks again decides again.",
    status_code=201,
    response_model=DecisionCreated,
    responses={201: json_example("The decision is kept", _MADE)},
    openapi_extra=json_body(DecisionIn, _EXAMPLE),
)
async def create_decision(
    request: Request,
    caller: DecisionWriter,
    match_id: uuid.UUID,
    body: JsonBody,
    once: OnceDep,
    matches: MatchesDep,
) -> Response:
    """Name, reason and changes are kept under the key of the person matched."""
    sent = read_as(DecisionIn, body)
    decision = DecisionMade(
        id=uuid.uuid4(),
        match_id=match_id,
        created_at=None,
        plan=sent.plan,
        decision=sent.decision,
        reason=sent.reason,
        decided_by=sent.decided_by,
        changes=tuple(change.model_dump() for change in sent.changes),
    )
    made = await run_in_threadpool(matches.decide, caller, match_id, decision, once)
    return made_reply(request, made, status=201, location=f"/v1/matches/{match_id}/decisions")


@router.get(
    "/matches/{match_id}/decisions",
    operation_id="list_decisions",
    summary="What was decided on the plans of an answer",
    response_model=DecisionList,
    responses={200: json_example("Decisions, oldest first", {"items": [{**_MADE, **_EXAMPLE}], "next_cursor": None})},
)
async def list_decisions(  # what an operation is given are its parameters
    request: Request,
    caller: DecisionReader,
    match_id: uuid.UUID,
    matches: MatchesDep,
    options: Annotated[PageOptions, Query()],
) -> Response:
    """With name and reason, for whoever may read them."""
    page = await run_in_threadpool(matches.list_decisions, caller, match_id, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page, cache=PRIVATE)
