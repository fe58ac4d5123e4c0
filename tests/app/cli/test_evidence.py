"""`stackway evaluate evidence`."""

import json
from pathlib import Path

import pytest

from tests.app.cli.conftest import Stackway

OFFICIAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "nj_etpl"


def test_without_counted_outcomes_it_says_what_to_install(stackway: Stackway) -> None:
    outcome = stackway("evaluate", "evidence", "--measure", "completion")

    assert outcome.code == 2
    assert "stackway data install" in outcome.err


@pytest.mark.official
def test_installed_outcomes_are_foretold_by_every_method(
    stackway: Stackway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not OFFICIAL.is_dir():
        pytest.skip("the folder of official data is not beside the project")
    monkeypatch.setenv("STACKWAY_DATA_DIR", str(tmp_path))
    assert stackway("data", "install", OFFICIAL).code == 0

    scores = json.loads(stackway("evaluate", "evidence", "--format", "json").out)

    overall = {score["method"]: score for score in scores if score["band"] == "all"}
    assert len(overall) == 5
    assert all(score["programs"] > 500 and 0 < score["squared_loss"] < 0.25 for score in overall.values())
