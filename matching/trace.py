"""Trace: how many programs and ways the search looked at, dropped and kept for one person."""

from collections import Counter

from matching.engine import Solution
from taxonomy.frozen import frozen


@frozen
class Trace:
    """Counts over one search. A program is counted once, under the first rule that took it out."""

    programs: int
    ruled_out: dict[str, int]  # programs by the rule of the screening that took each out
    not_taken: dict[str, int]  # programs nothing ruled out but no way could take, by reason
    ways_looked_at: int
    ways_beaten: int
    ways_kept: int
    plans_shown: int


def trace_of(solution: Solution) -> Trace:
    """The counts of a search that is done."""
    found = solution.found
    return Trace(
        programs=len(solution.screening.out),
        ruled_out=dict(sorted(solution.screening.counts.items())),
        not_taken=dict(sorted(Counter(found.rejected.values()).items())),
        ways_looked_at=found.labels,
        ways_beaten=found.dominated,
        ways_kept=len(found.paths),
        plans_shown=len(solution.selected),
    )
