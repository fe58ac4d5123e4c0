"""Microseconds a title, alone and in a list, as ratios to plain TF-IDF nearest neighbours in the same run; and memory.

The reference is what one would write first: scikit-learn's TF-IDF of character trigrams to fives within words, and a
sparse product with all titles.

Usage: python benchmarks/resolve.py SNAPSHOT_FOLDER
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from matching.resolve.noise import intake_noise
from matching.resolve.resolver import Resolver
from taxonomy.snapshot import Snapshot

ROUNDS = 5
QUERIES = 400
REFERENCE_QUERIES = 20
MIB = 1 << 20


def _microseconds(run: Callable[[], object], titles: int) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) / titles * 1e6


def _resident_mib() -> float:
    """Memory of this process that is in use, where the system tells it (Linux); else not a number."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * 4096 / MIB


class _Reference:
    """Plain TF-IDF nearest neighbours over the same titles."""

    def __init__(self, titles: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - after our memory was measured

        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._titles = self._vectorizer.fit_transform(titles).T.tocsr()

    def nearest(self, texts: Sequence[str]) -> list[int]:
        likeness = (self._vectorizer.transform(texts) @ self._titles).toarray()
        return [int(np.argmax(row)) for row in likeness]


def main(folder: Path) -> None:
    """Print medians over rounds that alternate between ours and the reference, so that a busy moment hits both."""
    snapshot = Snapshot.open(folder)
    titles = [t or "" for t in snapshot.table("titles").strings("text")]
    rng = random.Random(3)  # noqa: S311 - reproducible noise, no secret

    def draw() -> list[str]:
        """Titles not asked for before: the resolver remembers what it has read."""
        return [intake_noise(rng.choice(titles), rng) for _ in range(QUERIES)]

    before, started = _resident_mib(), time.perf_counter()
    resolver = Resolver.from_snapshot(snapshot)
    opened = (time.perf_counter() - started) * 1e3
    resolver.resolve_titles(draw())
    resident = _resident_mib() - before
    reference = _Reference(titles)
    ours, listed, repeated, plain, plain_listed = [], [], [], [], []
    for _ in range(ROUNDS):
        alone, together, often = draw(), draw(), draw()
        ours.append(_microseconds(lambda: [resolver.resolve_title(q) for q in alone], QUERIES))  # noqa: B023
        listed.append(_microseconds(lambda: resolver.resolve_titles(together), QUERIES))  # noqa: B023
        repeated.append(_microseconds(lambda: resolver.resolve_titles(often * 10), QUERIES * 10))  # noqa: B023
        some = alone[:REFERENCE_QUERIES]
        plain.append(_microseconds(lambda: [reference.nearest([q]) for q in some], REFERENCE_QUERIES))  # noqa: B023
        plain_listed.append(_microseconds(lambda: reference.nearest(some), REFERENCE_QUERIES))  # noqa: B023
    print(f"titles {len(titles)}, opened in {opened:.0f} ms, {resident:.0f} MiB more in memory after {QUERIES} titles")
    for name, found, against in (
        ("one title", ours, plain),
        ("list of different titles", listed, plain_listed),
        ("list, each title ten times", repeated, plain_listed),
    ):
        each = median(found)
        print(f"{name:28}{each:10.0f} us {1e6 / each:10.0f} a second {median(against) / each:8.1f} x TF-IDF's speed")
    print(f"{'TF-IDF, one title':28}{median(plain):10.0f} us")
    print(f"{'TF-IDF, list':28}{median(plain_listed):10.0f} us")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give one path, as the first lines of this file say.")
    main(Path(sys.argv[1]))
