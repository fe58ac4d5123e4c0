"""The real service on a real socket, with a worker that answers its lists, and clients generated from what it says."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn

from app.api.examples import PROFILE
from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import Settings, environment
from tests.app.conftest import MakeKey, keys, make_key, settings  # noqa: F401 # fixtures

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".venv-tools"


@dataclass(frozen=True, slots=True)
class Running:
    """Where the service listens, and a key of a board."""

    address: str
    token: str

    def flow(self, command: Sequence[str | Path], **environ: str) -> dict[str, Any]:
        """What a client says after its day's work on the sample profile."""
        done = subprocess.run(  # noqa: S603 # our own words
            [*command, self.address, self.token, json.dumps(PROFILE)],
            env=environ or None,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        said: dict[str, Any] = json.loads(done.stdout)
        return said


@pytest.fixture
def running(settings: Settings, engine: MatchEngine, make_key: MakeKey) -> Iterator[Running]:  # noqa: F811 # fixtures
    """The service with keys, and `stackway worker`."""
    with_keys = settings.model_copy(update={"access": "keys"})
    app = create_app(with_keys, engine=lambda _: engine)
    server = uvicorn.Server(uvicorn.Config(app, port=0, http="app.connections:PatientProtocol", log_config=None))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    worker = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], cwd=ROOT, env=environment(with_keys))  # ours
    yield Running(address, make_key("alamo")["Authorization"].removeprefix("Bearer "))
    worker.terminate()
    worker.wait(20)
    server.should_exit = True
    thread.join(20)


def tool(name: str) -> Path:
    """A tool that `make tools` brings; without it the test is skipped and says so."""
    places = f"{TOOLS / 'bin'}:{TOOLS / 'node' / 'node_modules' / '.bin'}"
    found = shutil.which(name, path=places)
    if found is None:
        pytest.skip(f"{name} is not here; `make tools` brings it")
    return Path(found)


def check_day(said: dict[str, Any]) -> None:
    """The same of every client: what it read, made, was refused, and got back."""
    assert (said["board"], said["same"], said["decided"]) == ("alamo", True, ["Fits."])
    assert said["changed"] == [200, 412, 412]
    assert said["list"] == ["done", 1, 0]
    assert said["listed"] == said["plans"]
    assert said["refused"] == [422, "empty_profile"]
    assert min(said["plans"], said["titles"], said["streams"]) >= 1
