"""Read a list that is sent as a file: its media type and its length are checked before anything in it is looked at."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import IO, Annotated, Any

from fastapi import Depends, Request

from app.api.conditions import KeyHeader, once_of
from app.api.middleware import while_body_comes
from app.errors import BodyTooLargeError, BodyTooSlowError, NoRoomError, UnsupportedMediaTypeError, is_no_room
from app.jobs.files import Kind
from app.services.batches import Upload
from app.services.ledger import Once
from taxonomy.frozen import frozen

CSV, JSON_LINES = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"

_KINDS = {
    CSV: Kind.CSV,
    "text/tab-separated-values": Kind.CSV,
    JSON_LINES: Kind.JSONL,
    "application/jsonl": Kind.JSONL,
    XLSX: Kind.XLSX,
    PARQUET: Kind.PARQUET,
}


@frozen
class SentList:
    """A file as it was sent, and its Idempotency-Key where it has one."""

    upload: Upload
    once: Once | None


def list_body(csv: str, json_lines: str) -> dict[str, Any]:
    """What an operation reads that takes a list."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {
        CSV: {"schema": {"type": "string"}, "example": csv},
        JSON_LINES: {"schema": {"type": "string"}, "example": json_lines},
        XLSX: binary,
        PARQUET: binary,
    }
    return {"requestBody": {"required": True, "content": content}}


async def _sent(request: Request, idempotency_key: KeyHeader = None) -> AsyncIterator[SentList]:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _KINDS:
        raise UnsupportedMediaTypeError(
            f"Send the list as {', '.join(_KINDS)}.", headers={"Accept-Post": ", ".join(_KINDS)}
        )
    settings = request.app.state.services.settings
    with _file_without_a_name() as file:
        try:
            with while_body_comes(request):
                async with asyncio.timeout(settings.list_timeout_seconds):
                    digest = await _keep(request, file, settings.max_list_bytes)
        except TimeoutError:
            raise BodyTooSlowError from None
        yield SentList(Upload(file, _KINDS[media_type]), once_of(request, idempotency_key, digest))


@contextmanager
def _file_without_a_name() -> Iterator[IO[bytes]]:
    """Whatever happens to the process, nothing of it stays on the disk."""
    try:
        with tempfile.TemporaryFile() as file:
            yield file
    except OSError as error:
        if not is_no_room(error):
            raise
        raise NoRoomError(
            "There is no room for the list on the disk of temporary files. Whoever runs the service has to make some "
            "there; then send the list again. Nothing of it was kept."
        ) from None


async def _keep(request: Request, file: IO[bytes], limit: int) -> str:
    size, digest = 0, hashlib.sha256()
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise BodyTooLargeError(f"The list is longer than {limit} bytes; send it in parts.")
        file.write(chunk)
        digest.update(chunk)
    file.flush()
    return digest.hexdigest()


SentListDep = Annotated[SentList, Depends(_sent)]
