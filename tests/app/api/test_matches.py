"""`/v1/matches` on a real database with the starter set."""

import hashlib
import json
import uuid
from datetime import date
from typing import Any

import psycopg
from fastapi.testclient import TestClient

from app.api.mapping import answer_bytes, read_seeker
from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine

AS_OF = date(2026, 11, 22)


def test_the_body_is_what_the_method_gives_to_the_byte(
    client: TestClient, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    expected = answer_bytes(engine.answer(read_seeker(profile), AS_OF))

    response = client.post(f"/v1/matches?store=false&as_of={AS_OF}", json=profile)

    assert response.status_code == 200
    assert response.content == expected
    assert "location" not in response.headers


def test_a_kept_answer_is_given_again_to_the_byte(client: TestClient, profile: dict[str, Any]) -> None:
    created = client.post("/v1/matches", json=profile)
    read = client.get(created.headers["location"])

    assert created.status_code == 201
    assert created.headers["location"] == f"/v1/matches/{created.headers['x-match-id']}"
    assert read.content == created.content
    assert read.headers["etag"] == created.headers["etag"]
    assert read.headers["cache-control"] == "private, no-store"


def test_who_has_the_bytes_is_told_so_without_them(client: TestClient, profile: dict[str, Any]) -> None:
    created = client.post("/v1/matches", json=profile)
    headers = {"If-None-Match": created.headers["etag"]}

    read = client.get(created.headers["location"], headers=headers)

    assert read.status_code == 304
    assert read.content == b""


def test_what_is_kept_names_data_version_and_day(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    answer = client.post(f"/v1/matches?as_of={AS_OF}", json=profile).json()

    with psycopg.connect(database.owner_url) as connection:
        row = connection.execute(
            "select board, snapshot, method_version, as_of, length(input_digest) from matches"
        ).fetchone()

    assert row == ("demo", answer["snapshot"], answer["method_version"], AS_OF, hashlib.sha256().digest_size)


def test_not_storing_keeps_nothing(client: TestClient, database: EmbeddedServer, profile: dict[str, Any]) -> None:
    client.post("/v1/matches?store=false", json=profile)

    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from matches").fetchone() == (0,)


def test_no_more_plans_than_asked_for(client: TestClient, profile: dict[str, Any]) -> None:
    answer = client.post("/v1/matches?store=false&plans=1", json=profile).json()

    assert len(answer["plans"]) == 1


def test_money_is_in_whole_cents_and_the_parts_add_up(client: TestClient, profile: dict[str, Any]) -> None:
    answer = client.post("/v1/matches?store=false", json=profile).json()

    amounts = list(_amounts(answer))
    assert amounts
    assert all(abs(amount * 100 - round(amount * 100)) < 1e-6 for amount in amounts)
    for plan in answer["plans"]:
        cents = sum(round(part["usd"] * 100) for part in plan["value"]["parts"])
        assert cents == round(plan["value"]["expected_usd"] * 100)


def _amounts(node: Any) -> Any:  # noqa: ANN401 # any JSON
    if isinstance(node, dict):
        for key, value in node.items():
            if key.endswith("usd") and isinstance(value, float):
                yield value
            else:
                yield from _amounts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _amounts(value)


def test_an_unknown_id_is_not_found(client: TestClient) -> None:
    response = client.get(f"/v1/matches/{uuid.uuid4()}")

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_another_boards_answer_is_not_found(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    location = client.post("/v1/matches", json=profile).headers["location"]
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("insert into boards (slug, name) values ('other', 'Other')")
        connection.execute("update matches set board = 'other'")

    assert client.get(location).status_code == 404


def test_a_commit_that_fails_is_never_answered_as_done(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$"
        )
        connection.execute(
            "create constraint trigger at_commit after insert on matches deferrable initially deferred "
            "for each row execute function refuse()"
        )

    response = client.post("/v1/matches", json=profile)

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "refused" not in response.text


def test_a_profile_with_faults_is_refused_with_pointers(client: TestClient) -> None:
    response = client.post("/v1/matches", json={"skills": [{"text": "welding"}], "location": {"zip": "7820X"}})

    problem = response.json()
    assert response.status_code == 422
    assert problem["errors"][0]["pointer"] == "/location/zip"
    assert problem["errors"][0]["remedy"]
    assert "7820X" not in response.text


def test_a_misspelt_option_is_refused(client: TestClient, profile: dict[str, Any]) -> None:
    response = client.post("/v1/matches?stroe=false", json=profile)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/query/stroe"


def test_nobody_to_help_is_still_an_answer(client: TestClient) -> None:
    profile = {
        "skills": [{"text": "welding"}],
        "goals": {"min_hourly_wage_usd": 500},
        "constraints": {"max_out_of_pocket_usd": {"value": 0}, "study_hours_per_week": {"value": 0}},
    }

    response = client.post("/v1/matches?store=false", json=profile)

    assert response.status_code == 200
    assert json.loads(response.content)["ruled_out"]
