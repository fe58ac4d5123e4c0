"""The properties of this folder on hundreds of profiles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # import mode importlib leaves siblings out

from profiles import DEEP


@pytest.mark.slow
@pytest.mark.parametrize("file", ["test_answers.py", "test_limits.py", "test_unknowns.py"])
def test_all_of_it_holds_for_hundreds_of_profiles(file: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", str(Path(__file__).with_name(file))]
    environment = {**os.environ, "PROPERTY_EXAMPLES": str(DEEP)}

    run = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603 - own code

    assert run.returncode == 0, run.stdout[-10_000:]
