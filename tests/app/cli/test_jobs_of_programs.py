"""`stackway evaluate programs`."""

import json

from tests.app.cli.conftest import Stackway


def test_figures_come_with_counts_and_intervals(stackway: Stackway) -> None:
    result = json.loads(stackway("evaluate", "programs", "--format", "json").out)

    classifier = result["rankings"][0]
    assert classifier["courses"] >= classifier["providers"] > 0
    assert classifier["jobs_declared"] >= classifier["courses"]
    assert 0 <= classifier["precision"]["low"] <= classifier["precision"]["value"] <= classifier["precision"]["high"]
    assert result["reliability"]


def test_the_table_says_what_is_truth_here(stackway: Stackway) -> None:
    said = " ".join(stackway("evaluate", "programs").out.decode().split())

    assert "classifier" in said
    assert "Truth is what providers declare" in said
