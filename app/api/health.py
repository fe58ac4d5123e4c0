"""Whether the process lives, and whether it can serve."""

from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from app.api.described import DescribedRoute
from app.api.model import Model
from app.api.replies import encode
from app.db import queue
from app.deps import Services, ServicesDep
from app.errors import UnavailableError
from matching.config import METHOD_VERSION
from migrations import NEWEST

router = APIRouter(tags=["operation"], route_class=DescribedRoute)


class Alive(Model):
    """The process answers."""

    status: Literal["alive"] = "alive"


class ListsWaiting(Model):
    """What `stackway worker` has still to do, for all boards together."""

    waiting: int = Field(description="Parts of lists that wait for a worker, each of a few rows")
    taken: int = Field(description="Parts that a worker has taken; 0 while some wait: none is at work")
    oldest_seconds: float | None = Field(description="How long the oldest part has waited; null where none waits")


class Readiness(Model):
    """What the service stands on."""

    status: Literal["ready"]
    snapshot: str
    method_version: str
    database_revision: str
    lists: ListsWaiting


@router.get("/livez", operation_id="get_liveness", summary="Whether the process lives", response_model=Alive)
async def get_liveness() -> Response:
    """Touches nothing."""
    return Response(b'{"status":"alive"}', media_type="application/json")


@router.get("/readyz", operation_id="get_readiness", summary="Whether the service can serve", response_model=Readiness)
async def get_readiness(services: ServicesDep) -> Response:
    """Database, its revision, the snapshot and how much waits for workers; 503 says what is missing."""
    ready = await run_in_threadpool(_readiness, services)
    return Response(encode(ready.model_dump()), media_type="application/json", headers={"Cache-Control": "no-store"})


def _readiness(services: Services) -> Readiness:
    revision = services.database.revision()
    if revision != NEWEST:
        raise UnavailableError(
            "The database is at another revision than this version needs: run `stackway db upgrade`."
        )
    with services.database.session("") as session:
        waiting = queue.count_waiting(session)
    return Readiness(
        status="ready",
        snapshot=services.engine.snapshot.digest,
        method_version=METHOD_VERSION,
        database_revision=revision,
        lists=ListsWaiting(**asdict(waiting)),
    )
