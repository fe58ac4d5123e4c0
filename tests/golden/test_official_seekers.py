"""Whole seekers on all official data: the cases of `official_cases/*.toml`, judged as those on the starter set are."""

from pathlib import Path

import pytest

from app.services.answering import open_snapshot
from matching.derive import derive_arrays
from matching.world import World
from taxonomy.store import Store
from tests.golden.test_golden_seekers import OFFICIAL_CASES, judge
from tests.taxonomy.conftest import OFFICIAL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.official,
    pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the folder of official data is not beside the project"),
]


@pytest.fixture(scope="module")
def official_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """What the method reads of all official data, compiled once."""
    folder = tmp_path_factory.mktemp("official")
    store = Store(folder)
    store.install([OFFICIAL], derive_arrays)
    return World.from_snapshot(open_snapshot(folder))


@pytest.mark.parametrize("path", OFFICIAL_CASES, ids=lambda p: p.stem)
def test_the_case_is_answered_as_its_reason_demands(path: Path, official_world: World) -> None:
    judge(path, official_world)
