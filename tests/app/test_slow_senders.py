"""Two hundred connections of one board that send as slowly as they may: others are answered as if there were none."""

import json
import re
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import orjson
import pytest
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.services.keys import Keys
from app.services.principal import Scope
from app.settings import Settings
from tests.app.processes import Service, running_service
from tests.app.test_access_of_boards import NOBODY

pytestmark = pytest.mark.slow

CONNECTIONS = 200
PLACES = 100
SECONDS = 4.0  # that a body, or headers, may take
BODY = orjson.dumps(PROFILE)
JSON = {"Content_Type": "application/json"}


@pytest.fixture
def service(database: EmbeddedServer, data_dir: Path, tmp_path: Path) -> Iterator[Service]:
    settings = Settings(
        database_url=SecretStr(database.url), eeo_database_url=SecretStr(database.eeo_url), data_dir=data_dir,
        body_timeout_seconds=SECONDS, list_timeout_seconds=SECONDS, header_timeout_seconds=SECONDS,
        max_requests_at_once=PLACES, log_level="error",
    )  # fmt: skip
    with running_service(database, settings, tmp_path / "log") as running:
        yield running


@pytest.fixture
def another_board(service: Service, database: EmbeddedServer) -> Service:
    """The same service, asked with a key of another board."""
    with closing(Database(database.owner_url, service.settings)) as pool:
        key = Keys(pool).create("alamo", frozenset(Scope), None)
    return Service(service.settings, key, service.log)


def begun(service: Service, address: str, media_type: str, *, key: str | None = None) -> bytes:
    """A request whose body does not come."""
    known = f"Authorization: Bearer {key}\r\n" if key else ""
    return (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{service.settings.port}\r\n{known}Content-Type: {media_type}\r\n"
        "Content-Length: 100000\r\n\r\n"
    ).encode()


def status_of(connection: socket.socket) -> int:
    """The status of what was sent before the connection was closed."""
    received = b""
    while chunk := _received(connection):
        received += chunk
    return int(received.split(b" ", 2)[1])


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def _dribble(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be refused already
        connection.sendall(b" ")


@pytest.mark.parametrize(
    ("address", "media_type", "told"),
    [
        ("/v1/matches?store=false", "application/json", {408: PLACES // 2, 503: CONNECTIONS - PLACES // 2}),
        ("/v1/batches", "text/csv", {408: PLACES // 2, 503: CONNECTIONS - PLACES // 2}),
        (None, "", {408: CONNECTIONS}),
    ],
    ids=["bodies", "lists", "headers"],
)
def test_slow_senders_keep_nobody_else_out_and_are_given_up(
    service: Service, another_board: Service, address: str | None, media_type: str, told: dict[int, int]
) -> None:
    first = b"GET /v1/me HTTP/1.1\r\nHost: x\r\nX-Slow: "
    if address is not None:
        first = begun(service, address, media_type, key=service.key)
    others: list[tuple[int, int]] = []
    with ExitStack() as open_ones:
        slow = [
            open_ones.enter_context(socket.create_connection(("127.0.0.1", service.settings.port), timeout=30))
            for _ in range(CONNECTIONS)
        ]
        for connection in slow:
            connection.sendall(first)
        time.sleep(0.5)
        until = time.monotonic() + SECONDS / 2
        while time.monotonic() < until:
            for connection in slow:
                _dribble(connection)
            posted = another_board.ask("POST", "/v1/matches?store=false", BODY, **JSON)
            read = service.ask("GET", "/v1/matches")  # the slow board itself is answered what needs no body
            others.append((posted[0], read[0]))
        statuses = Counter(map(status_of, slow))
    again = service.ask("POST", "/v1/matches?store=false", BODY, **JSON)

    assert set(others) == {(200, 200)}
    assert statuses == told
    assert again[0] == 200
    assert service.log.read_text() == ""


def test_of_whom_nobody_knows_no_body_is_waited_for(service: Service) -> None:
    described = json.loads(service.ask("GET", "/openapi.json")[1])["paths"]
    bodies = [
        (re.sub(r"{\w+}", NOBODY, path), method, next(iter(operation["requestBody"]["content"])))
        for path, methods in described.items()
        for method, operation in methods.items()
        if "requestBody" in operation
    ]

    assert len(bodies) >= 14
    for path, method, media_type in bodies:
        with socket.create_connection(("127.0.0.1", service.settings.port), timeout=30) as connection:
            started = time.monotonic()
            connection.sendall(begun(service, path, media_type).replace(b"POST", method.upper().encode()))
            said = connection.recv(65536)
            assert said.startswith(b"HTTP/1.1 401"), (method, path, said[:80])
            assert time.monotonic() - started < SECONDS
