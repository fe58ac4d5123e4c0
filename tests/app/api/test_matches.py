"""`/v1/matches` on a real database with the starter set."""

import hashlib
import json
import tempfile
import uuid
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.api.mapping import answer_bytes, read_seeker
from app.db import embedded, migrate
from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine
from app.services.ledger import Once
from app.services.principal import Principal, Scope
from app.settings import Settings
from tests.app.conftest import MakeKey, client_of

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


def test_a_profile_sent_again_with_its_key_is_answered_with_the_first_answer(
    client: TestClient, database: EmbeddedServer, profile: dict[str, Any]
) -> None:
    key = {"Idempotency-Key": "5b1f"}

    first, again = (client.post("/v1/matches", json=profile, headers=key) for _ in range(2))
    other = client.post("/v1/matches", json={**profile, "reference": "B-7"}, headers=key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from matches").fetchone() == (1,)


def test_a_key_of_another_board_or_of_yesterday_is_another_key(
    client: TestClient, database: EmbeddedServer, make_key: MakeKey, profile: dict[str, Any]
) -> None:
    key = {"Idempotency-Key": "5b1f"}
    first = client.post("/v1/matches", json=profile, headers=key)
    theirs = client.post("/v1/matches", json=profile, headers={**key, **make_key("cameron")})
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("update replies set created_at = created_at - interval '25 hours'")
    next_day = client.post("/v1/matches", json=profile, headers=key)

    assert len({made.headers["location"] for made in (first, theirs, next_day)}) == 3
    with psycopg.connect(database.owner_url) as connection:
        assert connection.execute("select count(*) from replies where board = 'demo'").fetchone() == (1,)


def test_a_key_in_flight_is_said_to_be_so(client: TestClient, profile: dict[str, Any]) -> None:
    once = Once("5b1f", "POST /v1/matches", b"")
    ledger = client.app.state.services.matches.ledger  # type: ignore[attr-defined] # Starlette's state has no types
    caller = Principal("demo", frozenset(Scope), None)

    with ledger.act(caller, "test") as act:
        act.earlier(once)
        response = client.post("/v1/matches", json=profile, headers={"Idempotency-Key": "5b1f"})

    assert response.status_code == 409
    assert response.headers["retry-after"] == "1"


@pytest.mark.parametrize("key", ["two words", "x" * 256, "\u00e9", '""'])
def test_a_key_that_is_none_is_refused(client: TestClient, profile: dict[str, Any], key: str) -> None:
    response = client.post("/v1/matches", json=profile, headers=[("Idempotency-Key", key.encode("latin-1"))])  # type: ignore[arg-type] # bytes are taken too

    assert response.status_code == 422


def test_an_erased_answer_and_its_decisions_are_gone(client: TestClient, profile: dict[str, Any]) -> None:
    made = client.post("/v1/matches", json=profile)
    kept, tag = made.headers["location"], {"If-Match": made.headers["etag"]}

    refused = [client.delete(kept, headers=headers).status_code for headers in ({}, {"If-Match": '"another"'})]
    assert refused == [428, 412]
    assert client.get(kept).headers["etag"] == tag["If-Match"]
    assert client.delete(kept, headers=tag).status_code == 204
    assert [client.get(kept).status_code, client.delete(kept, headers=tag).status_code] == [404, 404]
    assert client.get("/v1/matches").json()["items"] == []


def test_a_request_that_comes_again_does_not_bring_back_what_was_erased(
    client: TestClient, profile: dict[str, Any]
) -> None:
    once = {"Idempotency-Key": "late"}
    kept = client.post("/v1/matches", json=profile, headers=once).headers["location"]
    client.delete(kept, headers={"If-Match": "*"})

    again = client.post("/v1/matches", json=profile, headers=once)

    assert again.status_code == 409
    assert again.json()["type"].endswith(":reply_erased")
    assert client.get("/v1/matches").json()["items"] == []
    assert client.post("/v1/matches", json=profile, headers={"Idempotency-Key": "new"}).status_code == 201


def test_answers_are_listed_newest_first_a_page_at_a_time(client: TestClient, profile: dict[str, Any]) -> None:
    made = [client.post("/v1/matches", json=profile).headers["x-match-id"] for _ in range(3)]

    first = client.get("/v1/matches?limit=2")
    newest = client.post("/v1/matches", json=profile).headers["x-match-id"]
    second = client.get(first.links["next"]["url"])

    assert [row["id"] for row in first.json()["items"]] == [made[2], made[1]]
    assert [row["id"] for row in second.json()["items"]] == [made[0]]
    assert second.json()["next_cursor"] is None
    assert client.get("/v1/matches?limit=1").json()["items"][0]["id"] == newest
    assert client.head("/v1/matches").status_code == 200


def test_a_database_that_goes_and_comes_back_is_used_again_without_a_restart(
    engine: MatchEngine, data_dir: Path, profile: dict[str, Any]
) -> None:
    with tempfile.TemporaryDirectory(prefix="sw") as name, ExitStack() as stack:
        folder = Path(name) / "pg"
        with embedded.running(folder) as server:
            migrate.upgrade(server.owner_url)
            settings = Settings(database_url=SecretStr(server.url), data_dir=data_dir, access="local")
            client = stack.enter_context(client_of(settings, engine))
            before = client.post("/v1/matches", json=profile)
        away = [client.post("/v1/matches", json=profile), client.get("/readyz"), client.get("/v1/seekers")]
        with embedded.running(folder):
            after = client.get(before.headers["location"])
            ready = client.get("/readyz")

    assert [response.status_code for response in away] == [503] * 3
    assert all(response.headers["retry-after"] for response in away)
    assert (after.content, ready.status_code) == (before.content, 200)
