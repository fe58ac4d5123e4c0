"""A database whose disk is full: what needs room is refused whole, what needs none is answered, and all comes back."""

import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.db import embedded, migrate
from app.db.embedded import EmbeddedServer
from app.db.keys import add_board
from app.db.session import Database
from app.errors import NoRoomError
from app.services.answering import MatchEngine
from app.services.audit import open_anchor, verify
from app.services.batch_work import BatchWork
from app.services.ledger import Ledger
from app.services.vault import open_vault
from app.settings import Settings
from tests.app.conftest import client_of
from tests.app.jobs.people import ALSO_GOOD, HEADING
from tests.app.test_database_away import READY_SECONDS, start
from tests.app.test_disk_full import fill, small_disk

pytestmark = pytest.mark.slow

MANY = 3000  # requests, after which a disk without room must have been met
LONG_LIST = "\n".join([HEADING, *(f"P-{n},78207,{uuid.UUID(int=n)},12,high_school_diploma," for n in range(5000))])
CSV = {"Content-Type": "text/csv"}


@dataclass(frozen=True, slots=True)
class SmallServer:
    """A server on a disk of its own, which can be filled."""

    server: EmbeddedServer
    disk: Path
    settings: Settings

    def counts(self) -> dict[str, int]:
        """Rows of every table that what is sent goes into, and events of the audit."""
        with psycopg.connect(self.server.owner_url) as connection:
            names = [
                f"{schema}.{name}"
                for schema, name in connection.execute(
                    "select schemaname, tablename from pg_tables where schemaname in ('public', 'eeo', 'queue')"
                )
            ]
            return {
                name: connection.execute(f"select count(*) from {name}").fetchone()[0]  # type: ignore[index,call-overload] # noqa: S608 # its own names
                for name in names
            }

    def process_began(self) -> object:
        """When the server was started last."""
        with psycopg.connect(self.server.owner_url) as connection:
            return connection.execute("select pg_postmaster_start_time()").fetchone()


@pytest.fixture
def small_server(data_dir: Path, tmp_path: Path) -> Iterator[SmallServer]:
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    try:
        with small_disk("160m", folder / "d") as disk, embedded.running(disk / "pg") as server:
            migrate.upgrade(server.owner_url)
            with closing(Database(server.owner_url, Settings())) as pool, pool.session("") as session, session.begin():
                add_board(session, "demo")
            settings = Settings(
                database_url=SecretStr(server.url), eeo_database_url=SecretStr(server.eeo_url), data_dir=data_dir,
                access="local", board="demo", audit_anchor=str(tmp_path / "anchor"),
            )  # fmt: skip
            yield SmallServer(server, disk, settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep_until_refused(client: TestClient, profile: dict[str, Any]) -> tuple[int, Any]:
    """How many people were kept before there was no room, and what was said then."""
    for kept in range(MANY):
        reply = client.post("/v1/seekers", json={**profile, "reference": f"P-{kept}"})
        if reply.status_code != 201:
            return kept, reply
    raise AssertionError("the disk has no end")


def test_what_needs_room_is_refused_whole_and_taken_when_there_is_room_again(
    small_server: SmallServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(small_server.settings, engine) as client:
        sent = client.post("/v1/batches", content="\n".join([HEADING, ALSO_GOOD]), headers=CSV).json()
        began, before = small_server.process_began(), small_server.counts()
        filler = fill(small_server.disk)
        kept, refused = keep_until_refused(client, profile)
        counted = small_server.counts()
        long_list = client.post("/v1/batches", content=LONG_LIST, headers=CSV)
        not_stored, alive = client.post("/v1/matches?store=false", json=profile), client.get("/livez")
        after_refusals = small_server.counts()

        filler.unlink()
        again = client.post("/v1/seekers", json=profile)
        taken = client.post("/v1/batches", content=LONG_LIST, headers=CSV)
        ready = client.get("/readyz")
        events = small_server.counts()

    for reply in (refused, long_list):
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "60"), reply.text
        assert reply.json()["type"] == "urn:stackway:problem:no_room"
        assert "disk of the database is full" in reply.json()["detail"]
    assert counted["public.seekers"] == before["public.seekers"] + kept
    assert after_refusals == counted
    assert (not_stored.status_code, alive.status_code) == (200, 200)
    assert (again.status_code, taken.status_code, ready.status_code) == (201, 202, 200)
    assert taken.json()["total"] == 5000
    assert small_server.process_began() == began
    assert events["public.audit_events"] == counted["public.audit_events"] + 2
    assert sent["state"] == "queued"
    _audit_holds(small_server)


def test_a_worker_keeps_nothing_of_a_part_without_room_and_answers_it_when_there_is_some(
    small_server: SmallServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    people = "\n".join([HEADING, *([ALSO_GOOD] * 20)])
    with (
        client_of(small_server.settings, engine) as client,
        closing(Database(small_server.server.url, small_server.settings)) as pool,
    ):
        sent = uuid.UUID(client.post("/v1/batches", content=people, headers=CSV).json()["id"])
        ledger = Ledger(pool, open_vault(small_server.settings), open_anchor(small_server.settings))
        work = BatchWork(ledger, lambda _: engine, timedelta(0))
        filler = fill(small_server.disk)
        keep_until_refused(client, profile)
        with pytest.raises(NoRoomError):
            work.answer("demo", sent, 0)
        with psycopg.connect(small_server.server.owner_url) as connection:
            held = connection.execute("select answered_at, answers, done from batch_parts, batches").fetchone()
        filler.unlink()
        answered = work.answer("demo", sent, 0)
        status = client.get(f"/v1/batches/{sent}").json()
        lines = client.get(f"/v1/batches/{sent}/results").text.splitlines()

    assert held == (None, None, 0)
    assert answered
    assert (status["state"], status["done"], status["errors"]) == ("done", 20, 0)
    assert len(lines) == 20
    _audit_holds(small_server)


def test_a_database_that_ends_for_want_of_room_lost_nothing_and_is_used_again_when_it_is_back(
    small_server: SmallServer, engine: MatchEngine, profile: dict[str, Any]
) -> None:
    with client_of(small_server.settings, engine) as client:
        made = client.post("/v1/seekers", json=profile).headers["location"]
        filler = fill(small_server.disk)
        keep_until_refused(client, profile)
        counted = small_server.counts()
        end_for_want_of_room(small_server)
        away = [client.post("/v1/seekers", json=profile), client.get(made), client.get("/readyz")]
        not_stored = client.post("/v1/matches?store=false", json=profile)

        filler.unlink()
        start(small_server.server)
        began = time.monotonic()
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() - began < READY_SECONDS
            time.sleep(0.05)
        there, after = small_server.counts(), client.get(made)
        again = client.post("/v1/seekers", json=profile)

    assert [(reply.status_code, "retry-after" in reply.headers) for reply in away] == [(503, True)] * 3
    assert not_stored.status_code == 200
    assert there == counted
    assert (after.status_code, again.status_code) == (200, 201)
    _audit_holds(small_server)


def end_for_want_of_room(small: SmallServer) -> None:
    """Write to the server's log of changes, as others do, until it can go on no more and ends itself."""
    with pytest.raises(psycopg.OperationalError), psycopg.connect(small.server.owner_url) as connection:  # noqa: PT012 # until it ends
        for _ in range(200):
            connection.execute("select pg_logical_emit_message(true, 'filler', repeat('x', 1048576))")
            connection.commit()


def _audit_holds(small: SmallServer) -> None:
    with closing(Database(small.server.owner_url, small.settings)) as pool:
        verdicts = verify(pool, open_vault(small.settings), open_anchor(small.settings).codes())
    assert {verdict.board: verdict.fault for verdict in verdicts} == {"demo": None}
