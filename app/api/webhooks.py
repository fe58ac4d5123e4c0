"""`/v1/webhooks`: addresses that a board's events are sent to, as Standard Webhooks says."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field, ValidationError

from app.api.access import WebhookReader, WebhookWriter
from app.api.body import JsonBody
from app.api.conditions import OnceDep, OnceWithoutBodyDep, VersionDep, tag_of_record, version_tag
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.field_errors import field_errors
from app.api.lookups import PageOptions
from app.api.model import Model
from app.api.replies import PRIVATE, encode, page_reply, replayed, reply
from app.api.schemas import Strict
from app.deps import WebhooksDep
from app.errors import InvalidInputError
from app.services.events import Event
from app.services.webhooks import Wanted

router = APIRouter(prefix="/v1", tags=["webhooks"], route_class=DescribedRoute)

_ID = "9d7f0c1e-2a54-4c7e-b1de-6f4d3a0c8b21"
_WANTED: dict[str, Any] = {
    "url": "https://intake.example/stackway",
    "events": ["batch.done", "batch.failed", "batch.cancelled"],
    "enabled": True,
}
_RECORD: dict[str, Any] = {
    "id": _ID,
    "version": 1,
    "created_at": "2026-11-27T15:04:05.123456+00:00",
    "updated_at": "2026-11-27T15:04:05.123456+00:00",
    **_WANTED,
}
_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 # the one that Standard Webhooks shows
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


class WebhookIn(Strict):
    """Where events are to be sent, and which."""

    url: Annotated[str, Field(min_length=9, max_length=2_000, pattern=r"^https://[!-~]+$")] = Field(
        description="An https address on a host that whoever runs the service has listed"
    )
    events: Annotated[list[Event], Field(min_length=1, max_length=20)]
    enabled: bool = True


class WebhookOut(Model):
    """A webhook without its secret."""

    id: uuid.UUID
    version: int
    created_at: datetime
    updated_at: datetime
    url: str
    events: list[Event]
    enabled: bool


class WebhookCreated(WebhookOut):
    """A webhook with its secret."""

    secret: str = Field(description="What events are signed with; told in this reply and in no other")


class WebhookPage(Model):
    """Webhooks."""

    items: list[WebhookOut]
    next_cursor: str | None


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


async def _wanted(body: JsonBody) -> Wanted:
    try:
        sent = WebhookIn.model_validate(body)
    except ValidationError as error:
        raise InvalidInputError("The webhook has faults; see errors.", errors=field_errors(error)) from None
    return Wanted(sent.url, tuple(dict.fromkeys(sent.events)), sent.enabled)


WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.post(
    "/webhooks",
    operation_id="create_webhook",
    summary="Have events sent to an address",
    description=(
        "Events are POSTed as Standard Webhooks says, with `webhook-id`, `webhook-timestamp` and `webhook-signature`, "
        "at least once each: an event that comes again has the id it had. They name records and hold nothing of them. "
        "To change a secret, register the address again and remove the first one when the second is in use."
    ),
    status_code=201,
    response_model=WebhookCreated,
    responses={
        201: json_example("The webhook is kept; only this reply holds its secret", {**_RECORD, "secret": _SECRET}),
        409: {},  # as many as a board may have
    },
    openapi_extra=json_body(WebhookIn, _WANTED),
)
async def create_webhook(
    request: Request, caller: WebhookWriter, wanted: WantedDep, once: OnceDep, webhooks: WebhooksDep
) -> Response:
    """Hosts are listed by whoever runs the service; without any, none is taken."""
    made = await run_in_threadpool(webhooks.create, caller, wanted, once)
    headers = {"Location": f"/v1/webhooks/{made.id}", **replayed(again=made.replayed)}
    return reply(request, made.body, status=201, cache=PRIVATE, headers=headers, etag=tag_of_record(made.body))


@router.get(
    "/webhooks",
    operation_id="list_webhooks",
    summary="Webhooks, newest first",
    response_model=WebhookPage,
    responses={200: json_example("A page of webhooks", {"items": [_RECORD], "next_cursor": None})},
)
async def list_webhooks(
    request: Request, caller: WebhookReader, webhooks: WebhooksDep, options: Annotated[PageOptions, Query()]
) -> Response:
    """Without their secrets."""
    page = await run_in_threadpool(webhooks.list, caller, limit=options.limit, cursor=options.cursor)
    return page_reply(request, page, cache=PRIVATE)


@router.get(
    "/webhooks/{webhook_id}",
    operation_id="get_webhook",
    summary="A webhook",
    response_model=WebhookOut,
    responses={200: json_example("The webhook", _RECORD)},
)
async def get_webhook(
    request: Request, caller: WebhookReader, webhook_id: uuid.UUID, webhooks: WebhooksDep
) -> Response:
    """The ETag is needed to change or remove it."""
    kept = await run_in_threadpool(webhooks.get, caller, webhook_id)
    return reply(request, encode(kept), cache=PRIVATE, etag=version_tag(kept.version))


@router.put(
    "/webhooks/{webhook_id}",
    operation_id="replace_webhook",
    summary="Put another address or other events in place of a webhook's",
    description="Its secret stays. What still waits is sent to the new address.",
    response_model=WebhookOut,
    responses={200: json_example("The webhook, in a new version", {**_RECORD, "version": 2})},
    openapi_extra=json_body(WebhookIn, _WANTED),
)
async def replace_webhook(  # what an operation is given are its parameters
    request: Request,
    caller: WebhookWriter,
    webhook_id: uuid.UUID,
    wanted: WantedDep,
    version: VersionDep,
    webhooks: WebhooksDep,
) -> Response:
    """Of changes made at once to the same version, one is made and the others are refused."""
    kept = await run_in_threadpool(webhooks.replace, caller, webhook_id, version, wanted)
    return reply(request, encode(kept), cache=PRIVATE, etag=version_tag(kept.version))


@router.delete(
    "/webhooks/{webhook_id}",
    operation_id="delete_webhook",
    summary="Remove a webhook",
    description="With its secret, and with what was still to be sent to it.",
    status_code=204,
    response_class=Response,
)
async def delete_webhook(
    caller: WebhookWriter, webhook_id: uuid.UUID, version: VersionDep, webhooks: WebhooksDep
) -> Response:
    """When the reply comes, nothing more is begun to be sent."""
    await run_in_threadpool(webhooks.remove, caller, webhook_id, version)
    return Response(status_code=204)


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
    request: Request, caller: WebhookWriter, webhook_id: uuid.UUID, once: OnceWithoutBodyDep, webhooks: WebhooksDep
) -> Response:
    """Sent by a worker, as all events are."""
    made = await run_in_threadpool(webhooks.test, caller, webhook_id, once)
    headers = {"Location": f"/v1/webhooks/{webhook_id}/deliveries", **replayed(again=made.replayed)}
    return reply(request, made.body, status=202, cache=PRIVATE, headers=headers)


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
    webhooks: WebhooksDep,
    options: Annotated[PageOptions, Query()],
) -> Response:
    """What is missed is read from the records themselves: every event names them."""
    page = await run_in_threadpool(
        webhooks.list_deliveries, caller, webhook_id, limit=options.limit, cursor=options.cursor
    )
    return page_reply(request, page, cache=PRIVATE)
