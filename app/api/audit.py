"""`/v1/audit`: who read or wrote which records of the board."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app.api.access import AuditReader
from app.api.described import DescribedRoute
from app.api.documentation import json_example
from app.api.model import Model, Options
from app.api.replies import PRIVATE, page_reply
from app.deps import AuditPagesDep
from app.services.listing import Page

router = APIRouter(prefix="/v1", tags=["access"], route_class=DescribedRoute)

_EVENT = {
    "number": 17,
    "at": "2026-11-22T15:04:05.123456+00:00",
    "caller": "key:5f0c1d2e3a4b",
    "action": "seeker.read",
    "subjects": ["seeker:0b7ad1f5-4f7e-4c39-9b0e-3f0a52f4a7c1"],
    "request_id": "2f1c9a4de0a74b6e8d0a6c1f3f5f7b11",
}


class AuditOptions(Options):
    """Which events."""

    limit: Annotated[int, Field(ge=1, le=1000)] = Field(default=100, description="Most events to return")
    after: Annotated[int, Field(ge=0, le=2**62)] = Field(default=0, description="Number of the last event seen")
    cursor: Annotated[str, Field(min_length=1, max_length=500)] | None = Field(
        default=None, description="next_cursor of the page before; it comes before `after`"
    )


class EventOut(Model):
    """One read or write of records."""

    number: int
    at: datetime
    caller: str
    action: str
    subjects: list[str]
    request_id: str | None


class EventList(Model):
    """Events in the order of their numbers."""

    items: list[EventOut]
    next_cursor: str | None


@router.get(
    "/audit",
    operation_id="list_audit_events",
    summary="Who read or wrote which records of the board",
    description="`stackway audit verify` tells whether any of it was changed since. Each page that is read becomes an "
    "event of its own, `audit.read`, but for one that holds nothing else. Cursors lead to where the audit ended when "
    "the first page was read; what came after it is asked for with `after`.",
    response_model=EventList,
    responses={200: json_example("Events in the order of their numbers", {"items": [_EVENT], "next_cursor": None})},
)
async def list_audit_events(
    request: Request, caller: AuditReader, audit: AuditPagesDep, options: Annotated[AuditOptions, Query()]
) -> Response:
    """Asked again with the number of the last one seen, it goes on from there."""
    found = await run_in_threadpool(audit.read, caller, after=options.after, cursor=options.cursor, limit=options.limit)
    items = tuple({name: getattr(event, name) for name in EventOut.model_fields} for event in found.items)
    return page_reply(request, Page(items, found.next_cursor), cache=PRIVATE)
