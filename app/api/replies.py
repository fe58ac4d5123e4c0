"""Replies of bytes made once, with an ETag, so that a client that has them need not take them again."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request
from fastapi.responses import Response

from app.services.ledger import Made
from app.services.listing import Page
from app.services.tags import tag_of

# Public figures: kept by anyone, asked after each time. Answers about a person: kept by no one on the way.
PUBLIC = "no-cache"
PRIVATE = "private, no-store"


def reply(
    request: Request,
    body: bytes,
    *,
    status: int = 200,
    cache: str = PUBLIC,
    headers: Mapping[str, str] | None = None,
    etag: str | None = None,
) -> Response:
    """A JSON reply; 304 where the caller already has these very bytes."""
    etag = etag or tag_of(body)
    all_headers = {"ETag": etag, "Cache-Control": cache, **(headers or {})}
    held = request.headers.get("if-none-match")
    if status == 200 and request.method == "GET" and held is not None and _names(held, etag):
        return Response(status_code=304, headers=all_headers)
    return Response(body, status, headers=all_headers, media_type="application/json")


def made_reply(
    request: Request,
    made: Made,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    location: str | None = None,
    etag: str | None = None,
) -> Response:
    """A reply about one board's record that was made or changed, and whether the same request was answered before."""
    all_headers = {**({} if location is None else {"Location": location}), **(headers or {})}
    all_headers |= {"Idempotency-Replayed": "true"} if made.replayed else {}
    return reply(request, made.body, status=status, cache=PRIVATE, headers=all_headers, etag=etag)


def page_reply(request: Request, page: Page[Any], *, cache: str = PUBLIC) -> Response:
    """A page of a list; `Link` leads to the next one."""
    headers = {}
    if page.next_cursor is not None:
        query = [*((k, v) for k, v in request.query_params.items() if k != "cursor"), ("cursor", page.next_cursor)]
        headers["Link"] = f'<{request.url.path}?{urlencode(query)}>; rel="next"'
    return reply(request, encode(page), cache=cache, headers=headers)


def _names(held: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in held.split(",")]
    return "*" in tags or etag in tags


def encode(document: object) -> bytes:
    """A record, or a page of records, as JSON."""
    return orjson.dumps(document)
