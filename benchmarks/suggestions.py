"""What a box that completes costs: the time of a look-up, in the installed data, and its ratio to reading all names.

Usage: python -m benchmarks.suggestions

Milliseconds depend on the machine, so each look-up is also given as a ratio to a plain walk over the same names, asking
of each whether it begins so. The bar is ten milliseconds at the median.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from app.services.answering import open_snapshot
from app.settings import Settings
from matching.resolve.prefixes import PrefixIndex

TYPED = ("f", "forkl", "nurs", "lift dr", "forklfit", "nursng ass", "cajer", "zzzzz")
ROUNDS = 50
MOST_MS = 10.0


def main() -> int:
    """Print the figures; 1 when a median is above the bar."""
    index = PrefixIndex("resolve_prefix_titles", open_snapshot(Settings().data_dir))
    names = [s.text.casefold() for letter in "abcdefghijklmnopqrstuvwxyz" for s in index.search(letter, 1_000_000)]
    figures: dict[str, Any] = {"names": len(names), "beginnings": {}}
    for typed in TYPED:
        ours = _median_ms(lambda typed=typed: index.search(typed, 10))
        walk = _median_ms(lambda typed=typed: [name for name in names if name.startswith(typed)])
        figures["beginnings"][typed] = {"ms": round(ours, 3), "ratio_to_a_walk": round(ours / walk, 3)}
    json.dump(figures, sys.stdout, indent=2)
    return int(any(found["ms"] > MOST_MS for found in figures["beginnings"].values()))


def _median_ms(call: Callable[[], object]) -> float:
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        call()
        spent.append(time.process_time() - started)
    return median(spent) * 1e3


if __name__ == "__main__":
    raise SystemExit(main())
