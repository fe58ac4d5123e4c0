"""Microseconds a title, as a ratio to one rapidfuzz WRatio pass over the same titles, measured side by side.

Usage: python benchmarks/resolve.py SNAPSHOT_FOLDER
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from rapidfuzz import fuzz, process

from matching.resolve.noise import intake_noise
from matching.resolve.resolver import Resolver
from taxonomy.snapshot import Snapshot

ROUNDS = 5
QUERIES = 100
REFERENCE_QUERIES = 5  # one pass of WRatio takes a quarter of a second over the full lexicon


def _microseconds(run: Callable[[str], object], texts: Sequence[str]) -> float:
    started = time.perf_counter()
    for text in texts:
        run(text)
    return (time.perf_counter() - started) / len(texts) * 1e6


def main(folder: Path) -> None:
    """Print medians over rounds that alternate between the two, so that a busy moment hits both."""
    snapshot = Snapshot.open(folder)
    started = time.perf_counter()
    resolver = Resolver.from_snapshot(snapshot)
    opened = (time.perf_counter() - started) * 1e3
    titles = [t or "" for t in snapshot.table("titles").strings("text")]
    rng = random.Random(3)  # noqa: S311 - reproducible noise, no secret
    queries = [intake_noise(rng.choice(titles), rng) for _ in range(QUERIES)]
    ours, reference, listed = [], [], []
    for _ in range(ROUNDS):
        ours.append(_microseconds(resolver.resolve_title, queries))
        reference.append(
            _microseconds(
                lambda text: process.extract(text, titles, scorer=fuzz.WRatio, limit=5), queries[:REFERENCE_QUERIES]
            )
        )
        started = time.perf_counter()
        resolver.resolve_titles(queries * 10)
        listed.append((time.perf_counter() - started) / (QUERIES * 10) * 1e6)
    print(f"titles {len(titles)}, opened in {opened:.0f} ms")
    print(f"{'one title':28}{median(ours):12.0f} us {median(reference) / median(ours):10.0f} x faster than WRatio")
    print(f"{'list, each title ten times':28}{median(listed):12.0f} us {median(reference) / median(listed):10.0f} x")
    print(f"{'rapidfuzz WRatio over all':28}{median(reference):12.0f} us")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give one path, as the first lines of this file say.")
    main(Path(sys.argv[1]))
