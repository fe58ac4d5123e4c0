"""`/v1/webhooks`: addresses that a board's events are sent to, as Standard Webhooks says."""

import uuid
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app.api.access import WebhookReader, WebhookWriter
from app.api.body import JsonBody, read_as
from app.api.conditions import OnceDep, VersionDep, tag_of_record, version_tag
from app.api.described import DescribedRoute
from app.api.documentation import json_body, json_example
from app.api.lookups import PageOptions
from app.api.model import Model
from app.api.replies import PRIVATE, encode, made_reply, page_reply, reply
from app.api.schemas import Strict
from app.deps import WebhooksDep
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
    "previous_secret_until": None,
}
_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 # the one that Standard Webhooks shows


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
    previous_secret_until: datetime | None = Field(
        description="Until when events are signed with the secret before as well; null: it was never changed"
    )


class SecretChange(Strict):
    """How long the secret before goes on working."""

    overlap_hours: Annotated[int, Field(ge=0, le=168)] = 24


class WebhookCreated(WebhookOut):
    """A webhook with its secret."""

    secret: str = Field(description="What events are signed with; told in this reply and in no other")


class WebhookPage(Model):
    """Webhooks."""

    items: list[WebhookOut]
    next_cursor: str | None


async def _wanted(body: JsonBody) -> Wanted:
    sent = read_as(WebhookIn, body)
    return Wanted(sent.url, tuple(dict.fromkeys(sent.events)), sent.enabled)


async def _overlap(body: JsonBody) -> timedelta:
    return timedelta(hours=read_as(SecretChange, body).overlap_hours)


OverlapDep = Annotated[timedelta, Depends(_overlap)]
WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.post(
    "/webhooks",
    operation_id="create_webhook",
    summary="Have events sent to an address",
    description=(
        "Events are POSTed as Standard Webhooks says, with `webhook-id`, `webhook-timestamp` and `webhook-signature`, "
        "at least once each: an event that comes again has the id it had. They name records and hold nothing of them. "
        "`POST /v1/webhooks/{webhook_id}/secret` changes a secret."
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
    return made_reply(request, made, status=201, location=f"/v1/webhooks/{made.id}", etag=tag_of_record(made.body))


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
    "/webhooks/{webhook_id}/secret",
    operation_id="change_webhook_secret",
    summary="Sign a webhook's events with a new secret",
    description=(
        "Until the overlap is over each event carries two signatures, with the new secret and with the one before it, "
        "so that a receiver may change over when it likes. Without an overlap, for a secret that leaked, the new one "
        "works alone at once; so it does for the one before the last, where it is changed again within the overlap."
    ),
    response_model=WebhookCreated,
    responses={
        200: json_example(
            "The secret is changed; only this reply holds the new one",
            {**_RECORD, "version": 2, "previous_secret_until": "2026-11-28T15:04:05.123456+00:00", "secret": _SECRET},
        )
    },
    openapi_extra=json_body(SecretChange, {"overlap_hours": 24}),
)
async def change_webhook_secret(  # what an operation is given are its parameters
    request: Request,
    caller: WebhookWriter,
    webhook_id: uuid.UUID,
    overlap: OverlapDep,
    once: OnceDep,
    webhooks: WebhooksDep,
) -> Response:
    """What waits to be sent is signed when it is sent."""
    made = await run_in_threadpool(webhooks.change_secret, caller, webhook_id, overlap, once)
    return made_reply(request, made, etag=tag_of_record(made.body))
