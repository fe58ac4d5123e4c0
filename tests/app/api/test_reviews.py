"""Reviews of an answer."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from app import clock

REQUEST = {"asked_by": "the person", "reason": "My second shift was not counted."}
RESULT = {"result": "changed", "reason": "It is counted now.", "decided_by": "L. Chen"}


def test_a_review_has_a_day_it_is_due_and_is_settled_once(client: TestClient, profile: dict[str, Any]) -> None:
    match = client.post("/v1/matches", json=profile).headers["location"]
    address = f"{match}/review-requests"
    asked = client.post(address, json=REQUEST).json()
    settle = f"{address}/{asked['id']}/result"

    first, second = (client.post(settle, json=RESULT) for _ in range(2))
    nothing = client.post(f"{address}/{match.rsplit('/', maxsplit=1)[-1]}/result", json=RESULT)

    assert asked["due_on"] == str(clock.today() + timedelta(days=30))
    assert (first.status_code, second.status_code, nothing.status_code) == (201, 409, 404)
    (shown,) = client.get(address).json()["items"]
    assert (shown["reason"], shown["plan"], shown["result"]) == (REQUEST["reason"], None, RESULT)
    assert shown["settled_at"]
