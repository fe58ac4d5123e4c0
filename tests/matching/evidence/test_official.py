"""New Jersey's counted outcomes: shrinkage foretells hidden people better than the means do."""

from pathlib import Path

import pytest

from matching.evidence.evaluation import EvidenceScore, evaluate
from taxonomy.loaders.files import list_files
from taxonomy.loaders.outcomes import load_nj_outcomes
from taxonomy.loaders.source import list_sources, recognise

pytestmark = pytest.mark.official
DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "nj_etpl"


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str], EvidenceScore]:
    if not DATA.is_dir():
        pytest.skip("the folder of official data is not beside the project")
    deliveries, _ = recognise(list_files([DATA]), list_sources())
    counted, _ = load_nj_outcomes(deliveries["nj-outcomes"])
    return {(s.method, s.band): s for s in evaluate(counted.rates, "employment_q2")}


def test_the_shrunken_rate_beats_the_means_over_all_programs(scores: dict[tuple[str, str], EvidenceScore]) -> None:
    shown = scores["shrunken rate", "all"]

    for mean in ("mean of all", "mean of the field"):
        assert shown.squared_loss < scores[mean, "all"].squared_loss
        assert shown.log_loss < scores[mean, "all"].log_loss


def test_where_counts_are_shown_the_shrunken_rate_beats_the_raw_rate_in_the_middle_and_ties_at_the_top(
    scores: dict[tuple[str, str], EvidenceScore],
) -> None:
    middle, top = scores["shrunken rate", "10 to 49"], scores["shrunken rate", "50 and more"]

    assert middle.log_loss < scores["raw rate", "10 to 49"].log_loss
    assert middle.squared_loss < scores["raw rate", "10 to 49"].squared_loss
    assert top.log_loss == pytest.approx(scores["raw rate", "50 and more"].log_loss, abs=0.002)


def test_protecting_small_groups_costs_accuracy_and_the_cost_is_known(
    scores: dict[tuple[str, str], EvidenceScore],
) -> None:
    used, shown = scores["shrunken, small counts too", "1 to 9"], scores["shrunken rate", "1 to 9"]

    assert used.squared_loss < scores["raw rate", "1 to 9"].squared_loss < shown.squared_loss
