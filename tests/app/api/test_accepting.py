"""What a caller does not take is refused before anything is done."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (None, 201),
        ("*/*", 201),
        ("application/json", 201),
        ("text/html, application/*;q=0.8", 201),
        ("Application/JSON; charset=utf-8", 201),
        ("application/xml", 406),
        ("text/csv, application/json;q=0", 406),
        ("application/json; q=0.0", 406),
        ("application/problem+json", 406),
    ],
)
def test_only_what_the_caller_takes_is_made(
    client: TestClient, profile: dict[str, Any], accept: str | None, status: int
) -> None:
    headers = {} if accept is None else {"Accept": accept}

    reply = client.post("/v1/matches", json=profile, headers=headers)
    kept = client.get("/v1/matches").json()["items"]

    assert reply.status_code == status
    assert len(kept) == (status == 201)
    if status == 406:
        assert reply.headers["content-type"] == "application/problem+json"
        assert "application/json" in reply.json()["detail"]


def test_a_stream_and_a_table_are_asked_for_by_their_own_names(client: TestClient) -> None:
    nobodys = "/v1/batches/00000000-0000-0000-0000-000000000000"

    assert client.get(f"{nobodys}/events", headers={"Accept": "text/event-stream"}).status_code == 404
    assert client.get(f"{nobodys}/errors", headers={"Accept": "text/csv"}).status_code == 404
    assert client.get(f"{nobodys}/errors", headers={"Accept": "image/png"}).status_code == 406


def test_what_has_no_content_is_given_to_whoever_asks(client: TestClient, profile: dict[str, Any]) -> None:
    kept = client.post("/v1/seekers", json=profile).headers["location"]

    assert client.delete(kept, headers={"If-Match": "*", "Accept": "image/png"}).status_code == 204
