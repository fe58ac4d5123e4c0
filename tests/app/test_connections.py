"""Slow, long and broken requests on real sockets."""

import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from threading import Thread
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.connections import PatientProtocol
from app.settings import Settings

TIMEOUT = 0.6


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server that waits for headers for a short while, around an application that reads no body."""

    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse("answered")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Settings]]:
        yield {"settings": Settings(header_timeout_seconds=TIMEOUT, max_header_bytes=4096)}

    app = Starlette(routes=[Route("/", answer, methods=["GET", "POST"])], lifespan=lifespan)
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=PatientProtocol, ws="none", log_config=None))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def _read(connection: socket.socket) -> bytes:
    """All of it until the other side closes."""
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


def _problem(received: bytes) -> dict[str, Any]:
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    document: dict[str, Any] = json.loads(body)
    assert head.startswith(f"HTTP/1.1 {document['status']} ".encode())
    return document


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_headers_that_do_not_come_are_given_up(port: int, begun: bytes) -> None:
    with _connect(port) as connection:
        started = time.monotonic()
        connection.sendall(begun)

        problem = _problem(_read(connection))

    assert problem["status"] == 408
    assert time.monotonic() - started >= TIMEOUT * 0.9


def test_dribbled_headers_do_not_buy_time_and_hold_up_nobody(port: int) -> None:
    slow = [_connect(port) for _ in range(200)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
    started = time.monotonic()
    while time.monotonic() - started < TIMEOUT / 2:
        for connection in slow:
            connection.sendall(b"x")
        with _connect(port) as quick:
            quick.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert b"answered" in _read(quick)
        time.sleep(0.1)

    for connection in slow:
        _read(connection)  # returns, as the other side has closed
        connection.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 5000,
        b"GET /" + b"x" * 5000,
        b"GET / HTTP/1.1\r\n" + b"X-Many: x\r\n" * 500,
    ],
    ids=["a long value", "a long address", "many headers"],
)
def test_headers_without_end_are_refused_before_they_end(port: int, sent: bytes) -> None:
    with _connect(port) as connection:
        connection.sendall(sent)

        assert _problem(_read(connection))["status"] == 431


def test_what_is_no_http_is_told_so_as_a_problem(port: int) -> None:
    with _connect(port) as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")

        assert _problem(_read(connection))["status"] == 400


def test_a_connection_is_used_again_and_each_request_has_its_own_time(port: int) -> None:
    with _connect(port) as connection:
        for _ in range(4):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            time.sleep(TIMEOUT / 2)
            connection.sendall(b"\r\n")
            received = b""
            while b"answered" not in received:
                received += connection.recv(4096)


def test_a_body_nobody_reads_does_not_keep_the_connection(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.connections._LINGER_SECONDS", 0.2)
    with _connect(port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")

        assert b"answered" in _read(connection)
