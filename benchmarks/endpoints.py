"""What the service is held against: endpoints that take the same body and give the same bytes, and do less.

Each is a process of its own, started by `python -m uvicorn benchmarks.endpoints:NAME --factory`.
"""

import json
import os
import statistics
import time
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app import clock
from app.api.mapping import read_seeker
from app.api.schemas import SeekerIn
from app.services.answering import open_engine
from app.settings import Settings

BODY = (Path(__file__).parents[1] / "examples" / "seeker.json").read_bytes()
ANSWER_FILE = "STACKWAY_BENCHMARK_ANSWER"
TIMES = 15  # matches of which the median is the engine's time


class Profile(SeekerIn, defer_build=False):
    """The service's own, checked by a validator that is there before the first request.

    One made only then is made beyond the framework's filter of warnings, and its time would be a request's.
    """


def bare() -> FastAPI:
    """An endpoint that answers for nothing."""
    app, answer = _with_readiness(), Path(os.environ[ANSWER_FILE]).read_bytes()

    @app.post("/v1/matches")
    async def give(request: Request) -> Response:
        await request.body()
        return Response(answer, media_type="application/json")

    return app


def validating() -> FastAPI:
    """An endpoint that validates the body and spends the engine's time on it.

    That time is measured here when it is asked for, so that it is of the same minute as the requests it is spent on.
    """
    app, answer = _with_readiness(), Path(os.environ[ANSWER_FILE]).read_bytes()
    engine, seeker = open_engine(Settings()), read_seeker(json.loads(BODY))
    seconds = 0.0

    @app.post("/engine")
    async def measure() -> float:
        nonlocal seconds
        taken = []
        for _ in range(1 + TIMES):
            start = time.thread_time()
            engine.answer(seeker, clock.today())
            taken.append(time.thread_time() - start)
        seconds = statistics.median(taken[1:])
        return seconds

    @app.post("/v1/matches")
    async def give(sent: Profile) -> Response:  # noqa: ARG001 - read so that it is validated
        until = time.thread_time() + seconds  # time at work, as the engine's was measured
        while time.thread_time() < until:
            pass
        return Response(answer, media_type="application/json")

    return app


def _with_readiness() -> FastAPI:
    app = FastAPI()

    @app.get("/readyz")
    async def ready() -> Response:
        return Response(b"{}", media_type="application/json")

    return app
