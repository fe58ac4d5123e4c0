"""`/v1/eligibility`."""

from typing import Any

from fastapi.testclient import TestClient

STATUSES = {"appears_eligible", "appears_ineligible", "needs_document", "unknown"}


def test_each_stream_has_a_status_and_a_citation(client: TestClient, profile: dict[str, Any]) -> None:
    reply = client.post("/v1/eligibility?as_of=2026-11-22", json=profile).json()

    assert reply["as_of"] == "2026-11-22"
    assert {stream["status"] for stream in reply["streams"]} <= STATUSES
    assert all(stream["citation"] for stream in reply["streams"])
    assert reply["questions"]
