"""What the service is held against does what it is said to do, or its figures are worth nothing."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from benchmarks.endpoints import ANSWER_FILE, BODY, validating


@pytest.fixture
def client(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The endpoint that validates, with an answer of its own."""
    answer = tmp_path / "answer.json"
    answer.write_bytes(b'{"plans": []}')
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(data_dir))
    monkeypatch.setenv(ANSWER_FILE, str(answer))
    return TestClient(validating())


def test_the_endpoint_that_validates_takes_the_body_it_is_asked_with_without_a_warning(client: TestClient) -> None:
    reply = client.post("/v1/matches", content=BODY, headers={"Content-Type": "application/json"})

    assert (reply.status_code, reply.content) == (200, b'{"plans": []}')


def test_the_endpoint_that_validates_refuses_what_is_no_profile(client: TestClient) -> None:
    refused = client.post("/v1/matches", json={**json.loads(BODY), "quetzal": 1})

    assert refused.status_code == 422
