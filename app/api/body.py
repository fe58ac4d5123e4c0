"""Read a JSON body: its media type, its length and its form are checked before its content."""

import asyncio
from typing import Annotated, TypeVar

import orjson
from fastapi import Depends, Request
from pydantic import ValidationError

from app.api.field_errors import field_errors
from app.api.middleware import while_body_comes
from app.api.model import Model
from app.errors import (
    BodyTooLargeError,
    BodyTooSlowError,
    InvalidInputError,
    MalformedJsonError,
    UnsupportedMediaTypeError,
)

Sent = TypeVar("Sent", bound=Model)


async def _read_json(request: Request) -> object:
    _check_media_type(request.headers.get("content-type", ""))
    settings = request.app.state.services.settings
    try:
        # The server itself waits for ever, so that a few slow senders could hold all its places.
        with while_body_comes(request):
            async with asyncio.timeout(settings.body_timeout_seconds):
                body = await _read(request, settings.max_body_bytes)
    except TimeoutError:
        raise BodyTooSlowError from None
    try:
        parsed: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        # Only the place: the parser's own message may quote the text.
        raise MalformedJsonError(
            f"The body is not valid JSON: the fault is at line {error.lineno}, column {error.colno}."
        ) from None
    return parsed


async def _read(request: Request, limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise BodyTooLargeError(f"The body is longer than {limit} bytes, the most that is read.")
        chunks.append(chunk)
    return b"".join(chunks)


def read_as(model: type[Sent], body: object) -> Sent:
    """The body of a request as what it is to be.

    Raises:
        InvalidInputError: with every fault found; the cause would carry the values into a traceback.
    """
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise InvalidInputError("The request has faults; see errors.", errors=field_errors(error)) from None


def _check_media_type(header: str) -> None:
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
    if media_type != "application/json" or charset not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaTypeError(
            "Send the body as application/json in UTF-8.", headers={"Accept-Post": "application/json"}
        )


JsonBody = Annotated[object, Depends(_read_json)]
