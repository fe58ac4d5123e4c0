"""Reviews: a person asks that somebody looks at an answer again, and a named person says what came of it."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response

from app import clock
from app.api.access import ReviewReader, ReviewWriter
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.follow_ups import MADE, FollowUpCreated, ListedDep, PlanId, SentDep, Words, new_record, shown
from app.api.model import Model
from app.api.schemas import ShortText, Strict
from app.services.follow_ups import FollowUpRecord

router = APIRouter(prefix="/v1", tags=["follow-up"], route_class=DescribedRoute)

_DUE: dict[str, Any] = {**MADE, "due_on": "2026-12-22"}
_REQUEST = {"plan": "p-1", "asked_by": "the person themselves", "reason": "My second shift was not counted."}
_RESULT = {
    "result": "changed",
    "reason": "The schedule was entered wrongly; a new match was made.",
    "decided_by": "L. Chen",
}


class ReviewRequestIn(Strict):
    """That a person wants somebody to look at a plan again."""

    plan: PlanId | None = None
    asked_by: ShortText
    reason: Words


class ReviewResultIn(Strict):
    """What came of looking again, by a named person."""

    result: Literal["upheld", "changed", "withdrawn"]
    reason: Words
    decided_by: ShortText


class ReviewOut(FollowUpCreated, ReviewRequestIn):
    """A request for review, with its result where it has one."""

    result: ReviewResultIn | None
    settled_at: datetime | None


class ReviewList(Model):
    """Requests for review, oldest first."""

    items: list[ReviewOut]
    next_cursor: str | None


@router.post(
    "/matches/{match_id}/review-requests",
    operation_id="create_review_request",
    summary="Ask that somebody looks at an answer again",
    description="The reply says until which day it is to be settled.",
    status_code=201,
    response_model=FollowUpCreated,
    responses={201: json_example("The request is kept", _DUE)},
    openapi_extra=json_body(ReviewRequestIn, _REQUEST),
)
async def create_review_request(caller: ReviewWriter, match_id: uuid.UUID, sent: SentDep) -> Response:
    """Of one plan, or of the whole answer where no plan is named."""
    due = clock.today() + timedelta(days=sent.services.settings.review_days)
    record = new_record(match_id, "review_request", sent.content(ReviewRequestIn), due=due)
    return await sent.added(caller, record, "review-requests")


@router.get(
    "/matches/{match_id}/review-requests",
    operation_id="list_review_requests",
    summary="Reviews that were asked for, and what came of them",
    response_model=ReviewList,
    responses={
        200: json_example(
            "Requests, oldest first",
            {
                "items": [{**_DUE, **_REQUEST, "result": _RESULT, "settled_at": "2026-12-01T09:00:00+00:00"}],
                "next_cursor": None,
            },
        )
    },
)
async def list_review_requests(caller: ReviewReader, match_id: uuid.UUID, listed: ListedDep) -> Response:
    """With their words, for whoever may read them."""
    return await listed.page(caller, match_id, "review_request", _shown)


def _shown(record: FollowUpRecord) -> dict[str, Any]:
    settled = record.result
    return {
        **shown(record),
        "plan": record.content.get("plan"),
        "result": None if settled is None else settled.content,
        "settled_at": None if settled is None else settled.created_at,
    }


@router.post(
    "/matches/{match_id}/review-requests/{review_id}/result",
    operation_id="create_review_result",
    summary="Say what came of looking again, once",
    status_code=201,
    response_model=FollowUpCreated,
    responses={201: json_example("The result is kept", MADE)},
    openapi_extra=json_body(ReviewResultIn, _RESULT),
)
async def create_review_result(
    caller: ReviewWriter, match_id: uuid.UUID, review_id: uuid.UUID, sent: SentDep
) -> Response:
    """A request is settled once; who disagrees asks again."""
    record = new_record(match_id, "review_result", sent.content(ReviewResultIn), about=review_id)
    return await sent.added(caller, record, "review-requests")
