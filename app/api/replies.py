"""Replies of bytes made once, with an ETag, so that a client that has them need not take them again."""

import hashlib
from collections.abc import Mapping

import orjson
from fastapi import Request
from fastapi.responses import Response

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
) -> Response:
    """A JSON reply; 304 where the caller already has these very bytes."""
    etag = etag_of(body)
    all_headers = {"ETag": etag, "Cache-Control": cache, **(headers or {})}
    held = request.headers.get("if-none-match")
    if status == 200 and request.method == "GET" and held is not None and _names(held, etag):
        return Response(status_code=304, headers=all_headers)
    return Response(body, status, headers=all_headers, media_type="application/json")


def etag_of(body: bytes) -> str:
    """A strong tag: equal bytes, equal tag."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def _names(held: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in held.split(",")]
    return "*" in tags or etag in tags


def encode(document: object) -> bytes:
    """A record, or a page of records, as JSON."""
    return orjson.dumps(document)
