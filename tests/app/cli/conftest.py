"""The command line as people meet it: words in, exit code and output back."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.api.examples import PROFILE
from app.cli.program import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left."""

    code: int
    out: bytes
    err: str


Stackway = Callable[..., Outcome]


@pytest.fixture
def stackway(data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Stackway:
    """Run a command on the starter set."""
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(data_dir))

    def call(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["stackway", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code: Any = 0
        try:
            run()
        except SystemExit as end:
            code = end.code
        said = capsysbinary.readouterr()
        return Outcome(code or 0, said.out, said.err.decode())

    return call


@pytest.fixture
def profile_file(tmp_path: Path) -> Path:
    """A profile that gets plans."""
    path = tmp_path / "seeker.json"
    path.write_text(json.dumps(PROFILE))
    return path
