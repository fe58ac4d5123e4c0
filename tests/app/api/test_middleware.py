"""More requests than there are places for, and requests with too much in front of the body."""

import asyncio
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from app.api.middleware import AroundRequests, become_stream
from app.errors import BusyError
from app.metrics import Metrics
from app.settings import Settings
from app.tracing import Tracing


def _scope(path: str) -> Scope:
    return {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}


async def _status(app: AroundRequests, path: str) -> tuple[int, dict[bytes, bytes]]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(path), receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


def test_more_requests_than_places_are_told_when_to_try_again() -> None:
    metrics = Metrics()

    async def run() -> tuple[Any, ...]:
        full = asyncio.Event()

        async def slow(_scope: Scope, _receive: Receive, send: Send) -> None:
            await full.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        app = AroundRequests(slow, Settings(max_requests_at_once=3), metrics, Tracing())
        held = [asyncio.create_task(_status(app, "/v1/me")) for _ in range(3)]
        await asyncio.sleep(0)
        refused = await _status(app, "/v1/me")
        watched = asyncio.create_task(_status(app, "/livez"))
        await asyncio.sleep(0)
        full.set()
        answered = [await task for task in held]
        after = await _status(app, "/v1/me")
        return refused, await watched, answered, after

    refused, watched, answered, after = asyncio.run(run())

    assert refused[0] == 503
    assert refused[1][b"retry-after"] == b"1"
    assert refused[1][b"content-type"] == b"application/problem+json"
    assert [watched[0], *(status for status, _ in answered), after[0]] == [200] * 5
    assert b"stackway_turned_away_total 1.0" in metrics.text()


def test_a_stream_that_stays_open_takes_no_place_of_a_request_and_has_a_limit_of_its_own() -> None:
    async def run() -> tuple[Any, ...]:
        over = asyncio.Event()
        refused = []

        async def watched(scope: Scope, _receive: Receive, send: Send) -> None:
            if scope["path"] == "/watch":
                try:
                    become_stream(Request(scope))
                except BusyError as error:
                    refused.append(error.status)
                else:
                    await over.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        limits = Settings(max_requests_at_once=1, max_streams_at_once=2)
        app = AroundRequests(watched, limits, Metrics(), Tracing())
        open_streams = [asyncio.create_task(_status(app, "/watch")) for _ in range(2)]
        await asyncio.sleep(0)
        beside = await _status(app, "/v1/me")
        await _status(app, "/watch")
        over.set()
        await asyncio.gather(*open_streams)
        before = len(refused)
        await _status(app, "/watch")
        return beside[0], before, len(refused)

    beside, refused, refused_after = asyncio.run(run())

    assert beside == 200
    assert (refused, refused_after) == (1, 1)


def test_headers_longer_than_allowed_are_refused_as_a_problem(client: TestClient) -> None:
    refused = client.get("/livez", headers={"X-Long": "x" * 32_768})

    assert refused.status_code == 431
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get("/livez?q=" + "x" * 32_768).status_code == 431


def test_who_goes_away_while_sending_is_no_fault_of_the_service(capsys: pytest.CaptureFixture[str]) -> None:
    metrics, sent = Metrics(), list[Message]()

    async def reading(scope: Scope, receive: Receive, _send: Send) -> None:
        await Request(scope, receive).body()

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(AroundRequests(reading, Settings(), metrics, Tracing())(_scope("/v1/me"), gone, send))

    assert sent == []
    assert "request failed" not in capsys.readouterr().err
    assert 'status="none"' in metrics.text().decode()
    assert "stackway_faults_total{" not in metrics.text().decode()
