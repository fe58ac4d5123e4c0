"""A Python client generated from the description does a day's work on the real service."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn

from app.api.examples import PROFILE
from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import Settings
from tests.app.conftest import MakeKey, keys, make_key, settings  # noqa: F401 # fixtures

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAME = "openapi-python-client"


@pytest.fixture
def address(settings: Settings, engine: MatchEngine) -> Iterator[str]:  # noqa: F811 # the fixture
    """Where the service listens, with keys."""
    app = create_app(settings.model_copy(update={"access": "keys"}), engine=lambda _: engine)
    server = uvicorn.Server(uvicorn.Config(app, port=0, http="app.connections:PatientProtocol", log_config=None))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


def test_a_generated_client_goes_from_profile_to_decision(
    address: str,
    make_key: MakeKey,  # noqa: F811 # the fixture
    tmp_path: Path,
) -> None:
    generator = shutil.which(NAME, path=str(ROOT / ".venv-tools/bin")) or shutil.which(NAME)
    if generator is None:
        pytest.skip(f"{NAME} is not here; `make tools` brings it")
    subprocess.run(  # noqa: S603 # our own words
        [
            generator,
            "generate",
            "--url",
            f"{address}/openapi.json",
            "--meta",
            "none",
            "--output-path",
            "stackway_client",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    profile: dict[str, Any] = PROFILE
    token = make_key("alamo")["Authorization"].removeprefix("Bearer ")
    python = Path(generator).with_name("python")

    done = subprocess.run(  # noqa: S603 # our own words
        [python, ROOT / "tests/clients/flow.py", address, token, json.dumps(profile)],
        env={"PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["board"], said["same"], said["decided"]) == ("alamo", True, ["Fits."])
    assert said["changed"] == [200, 412, 412]
    assert said["refused"] == [422, "empty_profile"]
    assert min(said["plans"], said["titles"]) >= 1
