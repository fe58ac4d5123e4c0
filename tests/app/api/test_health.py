"""Liveness and readiness."""

import psycopg
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.api.examples import LIST_CSV
from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine
from app.settings import Settings
from migrations import NEWEST
from tests.app.conftest import client_of


def test_a_ready_service_names_what_it_stands_on(client: TestClient, engine: MatchEngine) -> None:
    ready = client.get("/readyz").json()

    assert ready["status"] == "ready"
    assert ready["snapshot"] == engine.snapshot.digest
    assert ready["database_revision"] == NEWEST


def test_a_ready_service_tells_how_much_waits_for_workers_and_for_how_long(client: TestClient) -> None:
    before = client.get("/readyz").json()["lists"]
    client.post("/v1/batches", content=LIST_CSV, headers={"Content-Type": "text/csv"})
    client.post("/v1/batches", content=LIST_CSV, headers={"Content-Type": "text/csv"})
    after = client.get("/readyz").json()["lists"]

    assert before == {"waiting": 0, "taken": 0, "oldest_seconds": None}
    assert (after["waiting"], after["taken"]) == (2, 0)
    assert 0 <= after["oldest_seconds"] < 60


def test_a_database_at_another_revision_is_not_ready(client: TestClient, database: EmbeddedServer) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("update alembic_version set version_num = 'older'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "db upgrade" in response.json()["detail"]


def test_an_absent_database_stops_neither_life_nor_answers_that_are_not_kept(
    engine: MatchEngine, profile: dict[str, object]
) -> None:
    settings = Settings(
        database_url=SecretStr("postgresql://stackway_app@127.0.0.1:1/none"),
        database_timeout_seconds=1,
        access="local",
    )

    with client_of(settings, engine) as client:
        assert client.get("/livez").status_code == 200
        assert client.post("/v1/matches?store=false", json=profile).status_code == 200
        for response in (client.get("/readyz"), client.post("/v1/matches", json=profile)):
            assert response.status_code == 503
            assert response.headers["retry-after"]
