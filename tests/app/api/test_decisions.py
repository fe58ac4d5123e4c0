"""`/v1/matches/{id}/decisions`."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def match(client: TestClient, profile: dict[str, Any]) -> tuple[str, str]:
    """The address of the decisions on an answer, and the id of one of its plans."""
    made = client.post("/v1/matches", json=profile)
    return f"{made.headers['location']}/decisions", made.json()["plans"][0]["id"]


def _decision(plan: str, **other: Any) -> dict[str, Any]:  # noqa: ANN401 # any JSON
    return {"plan": plan, "decision": "accept", "reason": "Fits her evenings.", "decided_by": "R. Ortiz", **other}


def test_decisions_are_kept_by_name_with_their_reason_in_order(client: TestClient, match: tuple[str, str]) -> None:
    address, plan = match
    changes = [{"step": 1, "change": "replace", "note": "day class"}]
    client.post(address, json=_decision(plan, decision="edit", changes=changes))
    client.post(address, json=_decision(plan, decision="reject", reason="He moves away."))

    first, second = client.get(address).json()["items"]

    assert (first["decision"], first["changes"], first["decided_by"]) == ("edit", changes, "R. Ortiz")
    assert (second["decision"], second["reason"], second["changes"]) == ("reject", "He moves away.", [])


@pytest.mark.parametrize(
    ("spoilt", "pointer"),
    [
        ({"plan": "no-such-plan"}, "/plan"),
        ({"decision": "perhaps"}, "/decision"),
        ({"reason": ""}, "/reason"),
        ({"decided_by": None}, "/decided_by"),
        ({"decision": "edit"}, ""),
        ({"changes": [{"step": 1, "change": "drop", "note": "x"}]}, ""),
        ({"changes": [{"step": 0, "change": "drop", "note": "x"}]}, "/changes/0/step"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(
    client: TestClient, match: tuple[str, str], spoilt: dict[str, Any], pointer: str
) -> None:
    address, plan = match

    refused = client.post(address, json={**_decision(plan), **spoilt})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert client.get(address).json()["items"] == []


def test_a_decision_sent_again_is_made_once(client: TestClient, match: tuple[str, str]) -> None:
    address, plan = match
    key = {"Idempotency-Key": "k1"}

    first, again = (client.post(address, json=_decision(plan), headers=key) for _ in range(2))
    other = client.post(address, json=_decision(plan, reason="Another."), headers=key)

    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert other.status_code == 422
    assert other.json()["type"].endswith("idempotency_key_reused")
    assert len(client.get(address).json()["items"]) == 1
