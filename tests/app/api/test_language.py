"""`Accept-Language`: answers in Spanish where the caller asks for it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.language import most_wanted

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("es", "es"),
        ("ES-us", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr, es;q=0.2", "es"),
        ("es;q=0", "en"),
        ("es;q=nonsense, en;q=0.1", "en"),
        ("es;q=nan", "en"),
        ("*", "en"),
    ],
)
def test_the_language_with_the_most_weight_that_can_be_had_is_taken(header: str | None, language: str) -> None:
    assert most_wanted(header) == language


def test_an_answer_in_spanish_has_the_same_plans(client: TestClient, profile: dict[str, Any]) -> None:
    english = client.post("/v1/matches?store=false&as_of=2026-11-22", json=profile)
    spanish = client.post("/v1/matches?store=false&as_of=2026-11-22", json=profile, headers=SPANISH)

    assert (english.headers["content-language"], spanish.headers["content-language"]) == ("en", "es")
    assert spanish.headers["vary"] == "Accept-Language"
    one, other = english.json(), spanish.json()
    assert (one["language"], other["language"]) == ("en", "es")
    assert [plan["id"] for plan in one["plans"]] == [plan["id"] for plan in other["plans"]]
    assert one["plans"][0]["value"] == other["plans"][0]["value"]
    assert "Su pago usual es" in other["plans"][0]["reasons"][0]


def test_an_answer_is_kept_in_the_language_it_was_given_in(client: TestClient, profile: dict[str, Any]) -> None:
    created = client.post("/v1/matches", json=profile, headers=SPANISH)

    assert client.get(created.headers["location"]).json()["language"] == "es"


def test_the_questions_of_funding_come_in_spanish_too(client: TestClient, profile: dict[str, Any]) -> None:
    reply = client.post("/v1/eligibility?as_of=2026-11-22", json=profile, headers=SPANISH)

    assert reply.headers["content-language"] == "es"
    assert all("¿" in q["question"] or q["document"] for q in reply.json()["questions"])
    assert reply.json()["notices"][0].startswith("Esto orienta")
