"""Job quality: what sources say of each job beside its pay, as seen from a place on a day; the rest is unknown."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.seeker import Constraints
from taxonomy.frozen import frozen
from taxonomy.job_signals import SIGNAL_KINDS, JobSignal
from taxonomy.snapshot import Snapshot

Bools = npt.NDArray[np.bool_]

# A wish of the seeker, by its name in the profile, and the kind of signal that speaks against a job.
WISHES = {"no_variable_hours": "variable_hours", "no_overnight_travel": "overnight_travel"}


@frozen(eq=False)
class JobQuality:
    """The signals that hold in one place on one day; arrays are aligned with the occupations."""

    signals: Mapping[str, Mapping[int, JobSignal]]  # by kind and occupation row
    has: Mapping[str, Bools]  # the job is known to have it
    known: Mapping[str, Bools]  # whether it has it is known

    def find(self, kind: str, row: int) -> JobSignal | None:
        """The signal of a kind for a job, None where nothing is known."""
        return self.signals[kind].get(row)

    def against(self, limits: Constraints, *, hard_only: bool) -> Bools:
        """Jobs known to be of a kind the person wants no part of."""
        against = np.zeros(len(next(iter(self.has.values()))), np.bool_)
        for wish, kind in WISHES.items():
            limit = getattr(limits, wish)
            if limit is not None and limit.value and (limit.hard or not hard_only):
                against |= self.has[kind]
        return against


class JobSignals:
    """All signals of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._codes = [code or "" for code in snapshot.occupations.strings("onet_code")]
        self._signals: tuple[JobSignal, ...] = tuple(snapshot.table("job_signals"))
        self._seen: dict[tuple[int, ...], JobQuality] = {}

    def of(self, state: str | None, today: date) -> JobQuality:
        """The signals that hold in a state on a day. A figure of a past year still speaks, and names its year."""
        day, areas = today.isoformat(), ("US", state)
        holding = tuple(
            number for number, signal in enumerate(self._signals) if signal.area in areas and _in_force(signal, day)
        )
        if holding not in self._seen:
            self._seen[holding] = self._collect([self._signals[number] for number in holding])
        return self._seen[holding]

    def _collect(self, signals: Sequence[JobSignal]) -> JobQuality:
        found: dict[str, dict[int, JobSignal]] = {kind: {} for kind in SIGNAL_KINDS}
        # The nation's first, so that a state's own replaces it; of two for one area the one that holds stands.
        for signal in sorted(signals, key=lambda s: (s.area != "US", s.holds)):
            for row, code in enumerate(self._codes):
                if signal.concerns(code):
                    found[signal.kind][row] = signal
        has, known = ({kind: np.zeros(len(self._codes), np.bool_) for kind in SIGNAL_KINDS} for _ in range(2))
        for kind, by_row in found.items():
            known[kind][list(by_row)] = True
            has[kind][[row for row, signal in by_row.items() if signal.holds]] = True
        return JobQuality(found, has, known)


def _in_force(signal: JobSignal, day: str) -> bool:
    """Law holds between its days; a figure or a finding stays on record after the year it speaks of."""
    begun = signal.effective_from is None or signal.effective_from <= day
    ended = signal.kind == "wage_standard" and signal.effective_to is not None and signal.effective_to < day
    return begun and not ended
