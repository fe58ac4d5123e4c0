"""The whole service as a process of its own, from nothing to an answer and to its end."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import ConfigurationError
from app.main import create_app
from app.settings import Settings

PROGRAM = "from app.serve import serve; from app.settings import Settings; serve(Settings())"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="sw") as name:
        yield Path(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _request(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
    response = connection.getresponse()
    status, content = response.status, response.read()
    connection.close()
    return status, content


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the service ended"
        try:
            if _request(port, "GET", "/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service was not ready within a minute")


@pytest.mark.parametrize("workers", [1, 2])
def test_it_starts_from_nothing_answers_and_stops_with_its_database(
    folder: Path, profile: dict[str, Any], workers: int
) -> None:
    port = _free_port()
    set_to = {"DATA_DIR": str(folder), "PORT": str(port), "WORKERS": str(workers), "LOG_LEVEL": "error"}
    environment = {**os.environ, **{f"STACKWAY_{name}": value for name, value in set_to.items()}}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment)  # noqa: S603 # our own words
    try:
        _wait_until_ready(port, process)
        status, answer = _request(port, "POST", "/v1/matches", profile)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=60)

    assert status == 201
    assert json.loads(answer)["plans"]
    assert code == 0
    assert not (folder / "pg" / "postmaster.pid").exists()


def test_without_a_database_the_remedy_is_named() -> None:
    with pytest.raises(ConfigurationError, match="STACKWAY_DATABASE_URL"):
        create_app(Settings(database_url=None))
