"""Connections that ask and do not read, or are cut in the middle of a reply: others are answered all the same."""

import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import orjson
import pytest
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.settings import Settings, environment
from tests.app.processes import PATIENCE_SECONDS, Service, running_service

pytestmark = pytest.mark.slow

READERS = 30
STREAMS = 20
ROWS = 400
LINES = {"Content_Type": "application/x-ndjson"}


@pytest.fixture
def service(database: EmbeddedServer, data_dir: Path, tmp_path: Path) -> Iterator[Service]:
    """Two connections to the database at most, so that whoever holds one for long is noticed at once."""
    settings = Settings(
        database_url=SecretStr(database.url), data_dir=data_dir, database_pool_size=1, database_timeout_seconds=5,
        max_streams_at_once=STREAMS, log_level="error",
    )  # fmt: skip
    with running_service(database, settings, tmp_path / "log") as running:
        yield running


@contextmanager
def working(service: Service) -> Iterator[None]:
    command = [sys.executable, "-m", "app.cli", "worker"]
    worker = subprocess.Popen(command, env=environment(service.settings))  # noqa: S603 # ours
    yield
    worker.terminate()
    worker.wait()


def begin(service: Service, address: str) -> socket.socket:
    """Ask, and read the first bytes of the reply only, through the smallest window there is."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", service.settings.port))
    known = f"Host: 127.0.0.1\r\nAuthorization: Bearer {service.key}"
    connection.sendall(f"GET {address} HTTP/1.1\r\n{known}\r\n\r\n".encode())
    return connection


def status_of(connection: socket.socket) -> int:
    return int(connection.recv(64).split(b" ", 2)[1])


def cut(connection: socket.socket) -> None:
    """With a reset, as a machine that loses its power or a firewall does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def others_are_answered(service: Service) -> list[tuple[int, float]]:
    """Status and seconds of what others ask meanwhile."""
    seen = []
    for _ in range(20):
        began = time.monotonic()
        seen.append((service.ask("GET", "/v1/matches")[0], time.monotonic() - began))
    return seen


def test_who_does_not_read_a_long_reply_holds_nothing_others_need_and_may_be_cut_off(service: Service) -> None:
    people = b"\n".join([orjson.dumps({**PROFILE, "reference": None})] * ROWS)
    sent = service.ask("POST", "/v1/batches", people, **LINES)
    address = f"/v1/batches/{orjson.loads(sent[1])['id']}"
    with working(service):
        until = time.monotonic() + PATIENCE_SECONDS
        while orjson.loads(service.ask("GET", address)[1])["state"] != "done":
            assert time.monotonic() < until
            time.sleep(0.2)
    whole = service.ask("GET", f"{address}/results")[1]

    readers = [begin(service, f"{address}/results") for _ in range(READERS)]
    assert [status_of(reader) for reader in readers] == [200] * READERS
    seen = others_are_answered(service)
    for reader in readers:
        cut(reader)
    afterwards = others_are_answered(service)
    again = service.ask("GET", f"{address}/results")

    assert len(whole) > 5_000_000  # more than the buffers on the way hold
    assert {status for status, _ in seen + afterwards} == {200}
    assert max(seconds for _, seconds in seen) < 2
    assert again == (200, whole)
    assert service.log.read_text() == ""


def test_who_watches_and_does_not_read_takes_a_place_of_a_stream_and_gives_it_back(service: Service) -> None:
    sent = service.ask("POST", "/v1/batches", orjson.dumps(PROFILE), **LINES)
    address = f"/v1/batches/{orjson.loads(sent[1])['id']}/events"

    with ExitStack() as opened:
        watchers = [opened.enter_context(begin(service, f"{address}?seconds=4")) for _ in range(READERS)]
        statuses = [status_of(watcher) for watcher in watchers]
        seen = others_are_answered(service)
        time.sleep(5)  # their time is over, read or not
        free = service.ask("GET", f"{address}?seconds=0")
        for watcher in watchers[: READERS // 2]:
            cut(watcher)
    again = service.ask("GET", f"{address}?seconds=0")

    assert sorted(statuses) == [200] * STREAMS + [503] * (READERS - STREAMS)
    assert {status for status, _ in seen} == {200}
    assert (free[0], again[0]) == (200, 200)
    assert b"event: progress" in again[1]
    assert service.log.read_text() == ""


def test_a_watcher_that_is_cut_off_gives_its_place_back_before_its_time_is_over(service: Service) -> None:
    sent = service.ask("POST", "/v1/batches", orjson.dumps(PROFILE), **LINES)
    address = f"/v1/batches/{orjson.loads(sent[1])['id']}/events"
    watchers = [begin(service, f"{address}?seconds=60") for _ in range(STREAMS)]
    assert [status_of(watcher) for watcher in watchers] == [200] * STREAMS
    full = service.ask("GET", f"{address}?seconds=0")[0]

    for watcher in watchers:
        cut(watcher)
    until = time.monotonic() + 10
    while service.ask("GET", f"{address}?seconds=0")[0] != 200:
        assert time.monotonic() < until, "the places of watchers who are gone were not given back"
        time.sleep(0.1)

    assert full == 503
    assert service.log.read_text() == ""
