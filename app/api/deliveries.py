"""`/v1/webhooks/{id}/deliveries`: what is sent to a webhook, what became of it, and sending it again."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app.api.access import WebhookReader, WebhookWriter
from app.api.conditions import OnceWithoutBodyDep
from app.api.described import DescribedRoute
from app.api.documentation import json_example
from app.api.lookups import PageOptions
from app.api.model import Model
from app.api.replies import PRIVATE, made_reply, page_reply
from app.deps import DeliveriesDep

router = APIRouter(prefix="/v1", tags=["webhooks"], route_class=DescribedRoute)

_ID = "9d7f0c1e-2a54-4c7e-b1de-6f4d3a0c8b21"
_DELIVERY: dict[str, Any] = {
    "id": "3f0c6a52-6c55-4a8e-9f1d-7b1f3a9f2e10",
    "created_at": "2026-11-27T15:06:01.123456+00:00",
    "event": "batch.done",
    "data": {"batch_id": "5b1f7e52-93a6-4f5e-8c0e-2f7d9d1b6c44"},
    "state": "waiting",
    "attempts": 1,
    "due_at": "2026-11-27T15:06:07.123456+00:00",
    "finished_at": None,
    "status": 503,
    "fault": "refused",
}


class DeliveryOut(Model):
    """One event for one webhook, and what became of it."""

    id: uuid.UUID = Field(description="The `webhook-id` it is sent under, each time")
    created_at: datetime
    event: str
    data: dict[str, uuid.UUID] = Field(description="The records it is about; nothing else of them is sent")
    state: Literal["waiting", "delivered", "given_up"]
    attempts: int
    due_at: datetime | None = Field(description="When it is sent next, while it waits")
    finished_at: datetime | None
    status: int | None = Field(description="What the last attempt was answered")
    fault: str | None = Field(
        description="Why the last attempt failed: refused, no_answer, too_slow, tls, no_such_host, address_refused, "
        "host_not_listed, webhooks_off, disabled, not_readable"
    )


class DeliveryPage(Model):
    """What is or was sent to a webhook."""

    items: list[DeliveryOut]
    next_cursor: str | None


class SentAgain(Model):
    """How much is sent again."""

    queued: int = Field(description="Events that were given up and are sent again now")
    given_up: int = Field(description="Those left, where there were more than are sent again at once: ask again")


@router.post(
    "/webhooks/{webhook_id}/tests",
    operation_id="test_webhook",
    summary="Send a webhook an event that tells of nothing",
    description="The event `webhook.test`, whatever events the webhook wants. `Location` tells what became of it.",
    status_code=202,
    response_model=DeliveryOut,
    responses={
        202: json_example(
            "The event is queued",
            {**_DELIVERY, "event": "webhook.test", "data": {"webhook_id": _ID}, "attempts": 0}
            | {"due_at": _DELIVERY["created_at"], "status": None, "fault": None},
        )
    },
)
async def test_webhook(
    request: Request, caller: WebhookWriter, webhook_id: uuid.UUID, once: OnceWithoutBodyDep, deliveries: DeliveriesDep
) -> Response:
    """Sent by a worker, as all events are."""
    made = await run_in_threadpool(deliveries.test, caller, webhook_id, once)
    return made_reply(request, made, status=202, location=f"/v1/webhooks/{webhook_id}/deliveries")


@router.get(
    "/webhooks/{webhook_id}/deliveries",
    operation_id="list_webhook_deliveries",
    summary="What was sent to a webhook, newest first",
    description="Of the last month: whether it was taken, how often it was tried, and when it is tried next.",
    response_model=DeliveryPage,
    responses={200: json_example("A page of events", {"items": [_DELIVERY], "next_cursor": None})},
)
async def list_webhook_deliveries(  # what an operation is given are its parameters
    request: Request,
    caller: WebhookReader,
    webhook_id: uuid.UUID,
    deliveries: DeliveriesDep,
    options: Annotated[PageOptions, Query()],
) -> Response:
    """What is missed is read from the records themselves: every event names them."""
    page = await run_in_threadpool(deliveries.list, caller, webhook_id, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page, cache=PRIVATE)


@router.post(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/send-again",
    operation_id="send_webhook_delivery_again",
    summary="Send an event that was given up again",
    description="Under the id it had, and as often as a new one. 409 where it was not given up, or the webhook is off.",
    status_code=202,
    response_model=DeliveryOut,
    responses={202: json_example("The event is queued", {**_DELIVERY, "attempts": 0})},
)
async def send_webhook_delivery_again(  # what an operation is given are its parameters
    request: Request,
    caller: WebhookWriter,
    webhook_id: uuid.UUID,
    delivery_id: uuid.UUID,
    once: OnceWithoutBodyDep,
    deliveries: DeliveriesDep,
) -> Response:
    """A receiver that has it already knows it by its id."""
    made = await run_in_threadpool(deliveries.send_again, caller, webhook_id, delivery_id, once)
    return made_reply(request, made, status=202, location=f"/v1/webhooks/{webhook_id}/deliveries")


@router.post(
    "/webhooks/{webhook_id}/send-again",
    operation_id="send_webhook_deliveries_again",
    summary="Send all events again that a webhook did not take",
    description=(
        "Those of the last month that were given up, the oldest first, at most 1,000 at once. 409 where the webhook is "
        "off. For a receiver that was away for longer than events are tried."
    ),
    status_code=202,
    response_model=SentAgain,
    responses={202: json_example("The events are queued", {"queued": 12, "given_up": 0})},
)
async def send_webhook_deliveries_again(
    request: Request,
    caller: WebhookWriter,
    webhook_id: uuid.UUID,
    once: OnceWithoutBodyDep,
    deliveries: DeliveriesDep,
) -> Response:
    """Each under the id it had."""
    made = await run_in_threadpool(deliveries.send_all_again, caller, webhook_id, once)
    return made_reply(request, made, status=202, location=f"/v1/webhooks/{webhook_id}/deliveries")
