"""A Python client generated from the description does a day's work on the real service."""

import subprocess
from pathlib import Path

import pytest

from tests.clients.conftest import ROOT, Running, check_day, tool

pytestmark = pytest.mark.slow


def test_a_generated_python_client_goes_from_profile_to_list(running: Running, tmp_path: Path) -> None:
    generator = tool("openapi-python-client")
    from_description = ("--url", f"{running.address}/openapi.json", "--meta", "none")
    subprocess.run(  # noqa: S603 # our own words
        [generator, "generate", *from_description, "--output-path", "stackway_client"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )

    said = running.flow([generator.with_name("python"), ROOT / "tests/clients/flow.py"], PYTHONPATH=str(tmp_path))

    check_day(said)
