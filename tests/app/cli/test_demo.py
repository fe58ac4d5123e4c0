"""`stackway demo`, which is what `make run` runs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder whose path is short, as that of the embedded database must be."""
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_demo_prints_plans_serves_on_a_free_port_and_takes_the_service_down_with_it(
    data_dir: Path, profile_file: Path, short_folder: Path
) -> None:
    environment = {**os.environ, "STACKWAY_DATA_DIR": str(data_dir), "STACKWAY_EMBEDDED_DIR": str(short_folder / "pg")}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "app.cli", "demo", str(profile_file), "--port", str(port)]
        process = subprocess.Popen(  # noqa: S603 # our own command
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Serving at "):
                break
        printed = "".join(lines)
        address = lines[-1].split()[2]
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as reply:  # noqa: S310 # our own address
            ready = reply.status
        for _ in range(5):  # make passes a signal on to a process that has had it itself
            process.send_signal(signal.SIGTERM)
            time.sleep(0.01)
        _, said = process.communicate(timeout=60)

    assert "Plan 1: " in printed
    assert ready == 200
    assert f"Port {port} is taken" in said
    assert process.returncode == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{address}/livez", timeout=2)  # noqa: S310 # as above


def test_the_demo_refuses_an_invalid_profile_before_it_starts_anything(data_dir: Path, profile_file: Path) -> None:
    profile_file.write_text("{}")
    command = [sys.executable, "-m", "app.cli", "demo", str(profile_file)]

    done = subprocess.run(  # noqa: S603 # our own command
        command, env={**os.environ, "STACKWAY_DATA_DIR": str(data_dir)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "at least one of work_history" in done.stderr
