"""Following: which moves are worth trying after a path, by the rules of stacking."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

    def take(self, rows: Bools) -> "Follow":
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
        self._schooled_by: dict[tuple[int, int], Ints] = {}
        self._known: dict[Trace, _Next] = {DEAD_END: self._next(_NO_MOVES, {})}

    def first(self) -> Follow:
        """All moves, each as the first of a path."""
        every = np.arange(len(self._moves))
        found = self._next(every, {})
        return Follow(np.zeros(len(every), np.int64), found.move, found.wait, found.lacks)

    def after(self, traces: Sequence[Trace]) -> Follow:
        """The moves to try after each path: those that stack on what it gained, or use the schooling it just gave."""
        found = [self._after(trace) for trace in traces]
        return Follow(
            np.repeat(np.arange(len(traces)), [len(f.move) for f in found]),
            np.concatenate([f.move for f in found]),
            np.concatenate([f.wait for f in found]),
            np.concatenate([f.lacks for f in found]),
        )

    def traces(self, before: Sequence[Trace], parent: Ints, move: Ints, owed: Ints) -> list[Trace]:
        """The traces of paths with one more move."""
        awards = self._moves.awards
        rows = zip(parent.tolist(), move.tolist(), owed.tolist(), strict=True)
        return [self._trace(before[p], m, None if o < 0 else awards[o]) for p, m, o in rows]

    def _trace(self, before: Trace, move: int, owed: str | None) -> Trace:
        moves = self._moves
        award, gave = moves.awards[moves.award[move]], int(moves.education_awarded[move])
        gained = before.gained
        if award in self._stacked_on:
            learned = float(moves.weeks[move]) if moves.apprenticeship[move] else 0.0
            gained = tuple(sorted((*gained, (award, learned))))
        if not gave and not gained:
            return DEAD_END
        return Trace(gained, owed, gave, int(moves.sectors[move]) if gave else 0)

    def _after(self, trace: Trace) -> _Next:
        if trace not in self._known:
            gained = dict(trace.gained)
            tied = [self._rows_of[award] for award in self._awards_after(gained, trace.owed)]
            rows = np.concatenate([*tied, self._schooled(trace.gave, trace.gave_in)])
            self._known[trace] = self._next(np.unique(rows), gained)
        return self._known[trace]

    def _awards_after(self, gained: dict[str, float], owed: str | None) -> list[str]:
        """Awards a rule ties to what was gained."""
        foundations = (owed,) if owed is not None else gained
        tied = dict.fromkeys(award for f in foundations for award in self._stacked_on.get(f, ()))
        return [award for award in tied if self._stacking.follows(award, gained, owed)]

    def _schooled(self, gave: int, gave_in: int) -> Ints:
        """Moves that use the schooling the last move gave."""
        if (gave, gave_in) not in self._schooled_by:
            asked, sectors = self._moves.education_required, self._moves.sectors
            uses = self._stacking.uses_schooling(asked, sectors, gave, gave_in)
            self._schooled_by[gave, gave_in] = np.flatnonzero(uses)
        return self._schooled_by[gave, gave_in]

    def _next(self, rows: Ints, gained: dict[str, float]) -> _Next:
        """Moves with what they wait for and lack, both by award."""
        awards, of = np.unique(self._moves.award[rows], return_inverse=True)
        names = [self._moves.awards[award] for award in awards.tolist()]
        ruled = [name in self._stacking.foundations for name in names]
        wait = [self._stacking.wait(n, gained) if rule else 0.0 for n, rule in zip(names, ruled, strict=True)]
        lacks = [rule and self._stacking.lacks(n, gained) for n, rule in zip(names, ruled, strict=True)]
        return _Next(rows, np.array(wait, np.float64)[of], np.array(lacks, np.bool_)[of])


def _rows_by_award(moves: MoveTable) -> dict[str, Ints]:
    if not len(moves):
        return {}
    order = np.argsort(moves.award, kind="stable")
    awards, starts = np.unique(moves.award[order], return_index=True)
    names = (moves.awards[award] for award in awards)
    return dict(zip(names, np.split(order, starts[1:]), strict=True))
