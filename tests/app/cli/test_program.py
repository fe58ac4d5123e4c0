"""The command line as a process: quick help, exit codes, nobody's traceback."""

import subprocess
import sys

import pytest

from app.cli import faults
from tests.app.cli.conftest import Stackway


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # our own interpreter


def test_the_command_line_starts_without_loading_the_engine() -> None:
    heavy = "('numpy', 'pyarrow', 'fastapi', 'sqlalchemy', 'rich.table')"
    loaded = run_python("-c", f"import sys; import app.cli.program; print([m for m in {heavy} if m in sys.modules])")

    assert loaded.stdout.strip() == "[]"


def test_help_names_every_command() -> None:
    done = run_python("-m", "app.cli", "--help")

    assert done.returncode == faults.OK
    for command in (
        "match",
        "explain",
        "eligibility",
        "batch",
        "resolve",
        "data",
        "serve",
        "db",
        "keys",
        "audit",
        "evaluate",
        "bench",
    ):
        assert f"\n  {command} " in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("no-such-command",), ("match",), ("match", "x.json", "--format", "xml"), ("batch", "x.csv", "--seats", "y.csv")],
)
def test_bad_arguments_are_faults_of_use(arguments: tuple[str, ...], stackway: Stackway) -> None:
    outcome = stackway(*arguments)

    assert outcome.code == faults.USAGE
    assert "Traceback" not in outcome.err


def test_a_fault_nobody_foresaw_is_a_line_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    code = faults.report(KeyError("Jane Roe"))

    said = capsys.readouterr().err
    assert code == faults.FAULT
    assert "KeyError" in said
    assert "Roe" not in said


def test_a_reader_that_stops_early_gets_no_complaint() -> None:
    command = [sys.executable, "-m", "app.cli", "batch", "--columns"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 # as above
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert said == b""
