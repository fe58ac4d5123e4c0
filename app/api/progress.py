"""How far a list is, as server-sent events."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from app.api.replies import encode
from app.db.batches import OPEN, KeptBatch

_LOOK_SECONDS = 0.5
_RETRY_MS = 1000  # after which a client that was cut off comes back


async def progress(
    first: KeptBatch, look: Callable[[], Awaitable[KeptBatch]], *, seen: int, seconds: float
) -> AsyncIterator[bytes]:
    """An event for each version after `seen` that is found, until the list is at an end or the time is over."""
    yield f"retry: {_RETRY_MS}\n\n".encode()
    until, kept = time.monotonic() + seconds, first
    while True:
        if kept.version > seen:
            seen = kept.version
            yield b"id: %d\nevent: progress\ndata: %s\n\n" % (kept.version, encode(kept))
        if kept.state not in OPEN or time.monotonic() >= until:
            return
        await asyncio.sleep(_LOOK_SECONDS)
        kept = await look()
