"""Referrals and outcomes of an answer."""

from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from app.db.embedded import EmbeddedServer

REFERRAL = {"plan": "p", "referred_to": "Admissions", "referred_by": "R. Ortiz"}
OUTCOME = {
    "plan": "p",
    "event": "employed",
    "known_from": "person",
    "hourly_wage_usd": 24.5,
    "happened_on": "2026-11-02",
}
REQUEST = {"asked_by": "the person", "reason": "My second shift was not counted."}


@pytest.fixture
def match(client: TestClient, profile: dict[str, Any]) -> tuple[str, str]:
    """The address of an answer to a kept person, and the id of one of its plans."""
    seeker = client.post("/v1/seekers", json=profile).headers["location"]
    made = client.post(f"{seeker}/matches")
    return made.headers["location"], made.json()["plans"][0]["id"]


@pytest.mark.parametrize(("kind", "body"), [("referrals", REFERRAL), ("outcomes", OUTCOME)])
def test_what_became_of_a_plan_is_kept_and_read_again(
    client: TestClient, match: tuple[str, str], kind: str, body: dict[str, Any]
) -> None:
    address, plan = match
    key = {"Idempotency-Key": "k"}
    first, again = (client.post(f"{address}/{kind}", json={**body, "plan": plan}, headers=key) for _ in range(2))

    (kept,) = client.get(f"{address}/{kind}").json()["items"]

    assert (first.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert {name: kept[name] for name in body} == {**body, "plan": plan}
    assert kept.get("note", "absent") is None  # what was not said is null


@pytest.mark.parametrize(
    ("kind", "body", "pointer"),
    [
        ("referrals", {**REFERRAL, "plan": "no-such-plan"}, "/plan"),
        ("outcomes", {**OUTCOME, "event": "happy"}, "/event"),
        ("outcomes", {**OUTCOME, "happened_on": "2026-02-30"}, "/happened_on"),
        ("outcomes", {**OUTCOME, "hourly_wage_usd": -1}, "/hourly_wage_usd"),
        ("review-requests", {**REQUEST, "plan": "no-such-plan"}, "/plan"),
        ("review-requests", {"reason": "r"}, "/asked_by"),
    ],
)
def test_what_says_too_little_or_of_no_plan_is_refused(
    client: TestClient, match: tuple[str, str], kind: str, body: dict[str, Any], pointer: str
) -> None:
    refused = client.post(f"{match[0]}/{kind}", json=body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


def test_words_are_sealed_and_go_with_the_person(
    client: TestClient, match: tuple[str, str], database: EmbeddedServer
) -> None:
    address, plan = match
    client.post(f"{address}/referrals", json={**REFERRAL, "plan": plan, "note": "canary"})
    seeker = client.get("/v1/seekers").json()["items"][0]["id"]

    with psycopg.connect(database.owner_url) as connection:
        assert "canary" not in str(connection.execute("select f::text, content from follow_ups f").fetchall())
    assert client.delete(f"/v1/seekers/{seeker}", headers={"If-Match": "*"}).status_code == 204
    assert client.get(f"{address}/referrals").status_code == 404
    assert client.post(f"{address}/referrals", json={**REFERRAL, "plan": plan}).status_code == 404
