"""Which data and which method a reply was made with, in its headers, where its body has no place for them."""

from fastapi import Depends, Request

from app.api.middleware import add_reply_headers
from app.deps import ServicesDep
from matching.config import METHOD_VERSION

SNAPSHOT, METHOD = "X-Snapshot", "X-Method-Version"


async def _named(request: Request, services: ServicesDep) -> None:
    add_reply_headers(request, {SNAPSHOT: services.engine.snapshot.digest, METHOD: METHOD_VERSION})


NAMES_ITS_DATA = Depends(_named)
