"""Microseconds of one person's feasibilities, as a ratio to one evaluation of the gap matrix, side by side.

Usage: python benchmarks/transitions.py SNAPSHOT_FOLDER
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from matching.fit.gap import descriptor_weights, gaps
from matching.fit.transitions import TransitionModel
from taxonomy.snapshot import Snapshot

ROUNDS = 200


def _microseconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1e6


def main(folder: Path) -> None:
    """Print medians over rounds that alternate between the two, so that a busy moment hits both."""
    snapshot = Snapshot.open(folder)
    started = time.perf_counter()
    model = TransitionModel.from_snapshot(snapshot)
    opened = (time.perf_counter() - started) * 1e3
    rated = np.flatnonzero(~np.isnan(snapshot.need[:, 0]))
    history = [(int(row), 12.0) for row in rated[:3]]
    everywhere = range(len(snapshot.occupations))
    need, weight = np.array(snapshot.need), descriptor_weights(snapshot)
    level = np.full(need.shape[1], 3.0)
    whole, few, gap = [], [], []
    for _ in range(ROUNDS):
        whole.append(_microseconds(lambda: model.feasibility(history, everywhere)))
        few.append(_microseconds(lambda: model.feasibility(history, everywhere[:12])))
        gap.append(_microseconds(lambda: gaps(level, need, weight)))
    reference = median(gap)
    print(f"occupations {len(everywhere)}, opened in {opened:.1f} ms")
    print(
        f"{'three jobs to every occupation':32}{median(whole):10.0f} us {median(whole) / reference:8.2f} gap matrices"
    )
    print(f"{'three jobs to twelve exits':32}{median(few):10.0f} us {median(few) / reference:8.2f} gap matrices")
    print(f"{'gap matrix, one person':32}{reference:10.0f} us")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give one path, as the first lines of this file say.")
    main(Path(sys.argv[1]))
