"""Reading a body."""

import asyncio

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import Settings


def test_a_body_that_does_not_come_is_given_up(settings: Settings, engine: MatchEngine) -> None:
    app = create_app(settings.model_copy(update={"body_timeout_seconds": 0.05}), engine=lambda _: engine)
    headers = [(b"content-type", b"application/json"), (b"host", b"localhost")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/matches",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 50000),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    with TestClient(app):
        asyncio.run(app(scope, receive, send))

    assert sent[0]["status"] == 408


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_is_read_however_its_type_is_written(client: TestClient, content_type: str) -> None:
    response = client.post("/v1/matches", content=b"{}", headers={"Content-Type": content_type})

    assert response.status_code == 422
