"""The description as TypeScript tools read it: types a strict checker passes, a day's work, no word of a linter."""

import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.clients.conftest import ROOT, TOOLS, Running, check_day, tool

pytestmark = pytest.mark.slow

HERE = ROOT / "tests/clients/typescript"


@pytest.fixture
def description(running: Running, tmp_path: Path) -> Path:
    """What the running service says of itself."""
    path = tmp_path / "openapi.json"
    with urllib.request.urlopen(f"{running.address}/openapi.json", timeout=30) as reply:  # noqa: S310 # our own
        path.write_bytes(reply.read())
    return path


def test_a_generated_typescript_client_goes_from_profile_to_list(running: Running, description: Path) -> None:
    generator, checker, folder = tool("openapi-typescript"), tool("tsc"), description.parent
    (folder / "node_modules").symlink_to(TOOLS / "node" / "node_modules")
    for name in ("package.json", "tsconfig.json", "flow.ts"):
        shutil.copy(HERE / name, folder)
    subprocess.run([generator, description, "-o", folder / "api.d.ts"], check=True, capture_output=True)  # noqa: S603
    checked = subprocess.run([checker, "-p", folder], check=False, capture_output=True, text=True)  # noqa: S603 # ours
    assert checked.returncode == 0, checked.stdout

    said = running.flow(["node", folder / "built" / "flow.js"])

    check_day(said)
    assert said["replayed"]


def test_a_linter_of_descriptions_has_nothing_to_say(description: Path) -> None:
    linter = tool("spectral")

    said = subprocess.run(  # noqa: S603 # our own words
        [linter, "lint", description, "--ruleset", HERE / "spectral.yaml", "--fail-severity=warn"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert said.returncode == 0, said.stdout
