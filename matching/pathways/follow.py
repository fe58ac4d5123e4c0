"""Following: which moves are worth trying after a path, by the rules of stacking."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.pathways.pareto import group_rows
from matching.pathways.stacking import NOTHING, Stacking
from matching.tables import MoveTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Follow:
    """Paths and the moves to try after them, a row for each pair."""

    parent: Ints
    move: Ints
    wait: Floats  # weeks of required work before the move
    lacks: Bools  # a prerequisite is missing

    def take(self, rows: Bools | Ints) -> "Follow":
        """Some of the pairs."""
        return Follow(self.parent[rows], self.move[rows], self.wait[rows], self.lacks[rows])


@dataclass(frozen=True, slots=True)
class Trace:
    """What the rules of stacking read of a path; equal for paths after which the same may follow."""

    gained: tuple[tuple[str, float], ...] = ()  # what some award stacks on, each with its weeks of paid learning
    owed: str | None = None
    gave: int = 0  # schooling the last move gave, and in which sectors
    gave_in: int = 0


DEAD_END = Trace()  # nothing follows
_NO_MOVES = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Next:
    move: Ints
    wait: Floats
    lacks: Bools


class Following:
    """The moves of one search by what they may follow."""

    def __init__(self, moves: MoveTable, stacking: Stacking) -> None:
        self._moves, self._stacking = moves, stacking
        self._rows_of: dict[str, Ints] = _rows_by_award(moves)
        self._stacked_on: defaultdict[str, list[str]] = defaultdict(list)
        for award in self._rows_of:
            for foundation in stacking.foundations.get(award, NOTHING).stacks_on:
                self._stacked_on[foundation].append(award)
        # What each move waits for and lacks before anything is gained; only what stacks on a gain changes after one.
        self._wait = np.zeros(len(moves))
        self._lacks = np.zeros(len(moves), np.bool_)
        self._tell([award for award in self._rows_of if award in stacking.foundations], {}, self._wait, self._lacks)
        self._gave = moves.education_awarded.tolist()
        self._gave_in = moves.sectors.tolist()
        self._asking = np.flatnonzero(stacking.asks_for_more(moves.education_required))
        self._asked, self._asked_in = moves.education_required[self._asking], moves.sectors[self._asking]
        self._schooled_by: dict[tuple[int, int], Ints] = {}
        self._leads_on = moves.education_awarded > 0
        for foundation in self._stacked_on:
            if foundation in self._rows_of:
                self._leads_on[self._rows_of[foundation]] = True
        # What stacks on something, or asks for schooling the person lacks, may come after another move.
        self.follows: Bools = np.zeros(len(moves), np.bool_)
        self.follows[self._asking] = True
        for award in {award for stacked in self._stacked_on.values() for award in stacked}:
            self.follows[self._rows_of[award]] = True
        self._known: dict[Trace, _Next] = {}
        self._order = self._ordered()

    def rows_of(self, awards: Collection[str]) -> Ints:
        """The moves that earn one of some awards."""
        return np.concatenate([_NO_MOVES, *(rows for award, rows in self._rows_of.items() if award in awards)])

    def first(self) -> Follow:
        """All moves, each as the first of a path."""
        every = np.arange(len(self._moves))
        return Follow(np.zeros(len(every), np.int64), every, self._wait, self._lacks)

    def after(self, traces: Sequence[Trace]) -> Follow:
        """The moves to try after each path: those that stack on what it gained, or use the schooling it just gave."""
        alive = [parent for parent, trace in enumerate(traces) if trace is not DEAD_END]
        found = [self._after(traces[parent]) for parent in alive]
        return Follow(
            np.repeat(np.array(alive, np.int64), [len(f.move) for f in found]),
            np.concatenate([_NO_MOVES, *(f.move for f in found)]),
            np.concatenate([self._wait[:0], *(f.wait for f in found)]),
            np.concatenate([self._lacks[:0], *(f.lacks for f in found)]),
        )

    def reach(self, gain: Floats, usable: Bools, steps: int) -> Floats:
        """The greatest gain of any usable move that may come after each move, by at most so many steps."""
        after, starts, by_award, by_school = self._order
        reach = np.zeros(len(gain))
        if not len(starts):
            return reach
        for _ in range(steps):
            led_to = np.where(usable, np.maximum(gain, reach), 0.0)
            best = np.append(np.maximum.reduceat(led_to[after], starts), 0.0)  # the last for none
            reach = np.maximum(best[by_award], best[by_school])
        return reach

    def _ordered(self) -> tuple[Ints, Ints, Ints, Ints]:
        """The moves after others: group by group, where each group starts, and the groups after each move."""
        after: list[Ints] = []  # the moves after some others, which know their place here
        by_award, by_school = (np.full(len(self._moves), -1) for _ in range(2))
        for foundation, stacked in self._stacked_on.items():
            if foundation in self._rows_of:
                by_award[self._rows_of[foundation]] = len(after)
                after.append(np.concatenate([self._rows_of[award] for award in stacked]))
        schools = np.flatnonzero(self._moves.education_awarded)
        kind = group_rows([self._moves.education_awarded[schools], self._moves.sectors[schools]])
        _, first, kind = np.unique(kind, return_index=True, return_inverse=True)
        groups = []
        for move in schools[first].tolist():
            found = self._schooled(self._gave[move], self._gave_in[move])
            groups.append(len(after) if len(found) else -1)
            after += [found] if len(found) else []
        by_school[schools] = np.array(groups, np.int64)[kind]
        starts = np.cumsum([0, *(len(rows) for rows in after[:-1])]) if after else _NO_MOVES
        return np.concatenate([_NO_MOVES, *after]), starts, by_award, by_school

    def lead_on(self, before: Sequence[Trace], parent: Ints, move: Ints) -> Bools:
        """Which paths with one more move something may follow."""
        gained: Bools = np.array([bool(trace.gained) for trace in before], np.bool_)
        return gained[parent] | self._leads_on[move]

    def traces(self, before: Sequence[Trace], parent: Ints, move: Ints, owed: Ints) -> list[Trace]:
        """The traces of paths with one more move."""
        awards = self._moves.awards
        traces = [DEAD_END] * len(move)
        for row in np.flatnonzero(self.lead_on(before, parent, move)).tolist():
            owes = int(owed[row])
            traces[row] = self._trace(before[int(parent[row])], int(move[row]), None if owes < 0 else awards[owes])
        return traces

    def _trace(self, before: Trace, move: int, owed: str | None) -> Trace:
        moves = self._moves
        award, gave, gave_in = moves.awards[moves.award[move]], self._gave[move], self._gave_in[move]
        gained = before.gained
        if award in self._stacked_on:
            learned = float(moves.weeks[move]) if moves.apprenticeship[move] else 0.0
            gained = tuple(sorted((*gained, (award, learned))))
        if gave and not len(self._schooled(gave, gave_in)):
            gave = gave_in = 0
        return Trace(gained, owed, gave, gave_in) if gave or gained else DEAD_END

    def _after(self, trace: Trace) -> _Next:
        known = self._known.get(trace)
        if known is None:
            known = self._known[trace] = self._next(trace)
        return known

    def _next(self, trace: Trace) -> _Next:
        gained = dict(trace.gained)
        tied = list(dict.fromkeys(award for f in gained for award in self._stacked_on[f]))
        follows = [a for a in tied if self._stacking.follows(a, gained, trace.owed)]
        rows = [self._rows_of[award] for award in follows]
        if trace.gave:
            rows.append(self._schooled(trace.gave, trace.gave_in))
        move = rows[0] if len(rows) == 1 else np.unique(np.concatenate([_NO_MOVES, *rows]))
        wait, lacks = self._wait, self._lacks
        if tied and len(move):
            wait, lacks = wait.copy(), lacks.copy()
            self._tell(tied, gained, wait, lacks)
        return _Next(move, wait[move], lacks[move])

    def _tell(self, awards: Sequence[str], gained: dict[str, float], wait: Floats, lacks: Bools) -> None:
        """Note what the moves to some awards wait for and lack."""
        for award in awards:
            rows = self._rows_of[award]
            owed, lacking = self._stacking.wait(award, gained), self._stacking.lacks(award, gained)
            if owed != wait[rows[0]] or lacking != lacks[rows[0]]:
                wait[rows], lacks[rows] = owed, lacking

    def _schooled(self, gave: int, gave_in: int) -> Ints:
        """Moves that use the schooling the last move gave."""
        if (gave, gave_in) not in self._schooled_by:
            uses = self._stacking.uses_schooling(self._asked, self._asked_in, gave, gave_in)
            self._schooled_by[gave, gave_in] = self._asking[uses]
        return self._schooled_by[gave, gave_in]


def _rows_by_award(moves: MoveTable) -> dict[str, Ints]:
    """The moves to each award that some rule names."""
    rows = np.flatnonzero(moves.ruled)
    if not len(rows):
        return {}
    rows = rows[np.argsort(moves.award[rows], kind="stable")]
    awards = moves.award[rows]
    starts = np.flatnonzero(awards[1:] != awards[:-1]) + 1
    names = [moves.awards[award] for award in awards[[0, *starts.tolist()]].tolist()]
    return dict(zip(names, np.split(rows, starts), strict=True))
