"""Figures of the transition model: right on a world whose answer is known, and at the bar on O*NET's own."""

from pathlib import Path

import numpy as np
import pytest

from matching.fit.evaluation import _rank, _reliability, evaluate_transitions
from matching.fit.pairs import read_pairs
from taxonomy.assemble import assemble
from taxonomy.snapshot import Contents, Snapshot, write_snapshot
from tests.matching.fit.conftest import UNRATED

OFFICIAL = Path(__file__).resolve().parents[4] / "shared" / "data"
# What the data tell decides what can be reached: with O*NET's task statements, and without.
BARS = {"tasks": (0.80, 0.985), "titles": (0.76, 0.983)}


def test_the_order_of_the_table_itself_scores_one_and_its_reverse_scores_worst(contents: Contents) -> None:
    pairs = read_pairs(contents)

    right = _rank("right", pairs.gain.astype(np.float64), pairs)
    wrong = _rank("wrong", -pairs.gain.astype(np.float64), pairs)

    assert right.ndcg_at_20 == pytest.approx(1.0)
    assert right.auc == 1.0
    assert wrong.auc == 0.0
    assert wrong.ndcg_at_20 < 0.2


def test_a_certain_and_right_model_is_calibrated_and_an_overconfident_one_is_not(contents: Contents) -> None:
    pairs = read_pairs(contents)
    listed = (pairs.gain > 0).astype(np.float64)

    bins = _reliability(listed, pairs)
    boasting = _reliability(np.full(listed.shape, 0.95), pairs)

    assert [(b.mean_probability, b.share_listed) for b in bins] == [(0.0, 0.0), (1.0, 1.0)]
    assert sum(b.pairs for b in bins) == UNRATED * (UNRATED - 1)
    assert boasting[0].mean_probability - boasting[0].share_listed > 0.7


def test_every_way_of_ranking_is_judged_on_the_same_origins(contents: Contents) -> None:
    report = evaluate_transitions(contents)

    assert report.kind == "tasks"
    assert [r.name for r in report.poorer] == ["titles", "plain"]
    assert {r.origins for r in report.rankings} == {UNRATED}
    assert sum(r.origins for r in report.by_major_group) == UNRATED
    assert report.model.auc > 0.8


def test_a_compiled_snapshot_is_judged_like_the_contents_it_came_from(contents: Contents, tmp_path: Path) -> None:
    contents.tables["tasks"] = []
    write_snapshot(contents, tmp_path / "s")

    compiled = evaluate_transitions(Snapshot.open(tmp_path / "s"))

    assert compiled == evaluate_transitions(contents)


def test_data_without_related_occupations_cannot_judge(contents: Contents) -> None:
    contents.tables["related"] = []

    with pytest.raises(ValueError, match="no related occupations"):
        evaluate_transitions(contents)


@pytest.mark.slow
@pytest.mark.official
@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the folder of official data is not beside the project")
def test_occupations_never_seen_are_ranked_at_the_bar_and_better_than_by_any_baseline() -> None:
    report = evaluate_transitions(assemble([OFFICIAL]))

    ndcg, auc = BARS[report.kind]
    assert report.model.ndcg_at_20 >= ndcg
    assert report.model.auc >= auc
    assert report.model_new_groups.auc >= auc - 0.005
    assert report.expected_calibration_error < 0.01
    assert all(report.model.ndcg_at_20 > b.ndcg_at_20 and report.model.auc > b.auc for b in report.baselines)
