"""Following: which moves are worth trying after a path, by the rules of stacking."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.pathways.pareto import group_rows, starts
from matching.pathways.rules import Standing, spans
from matching.pathways.stacking import Stacking
from matching.tables import MoveTable
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOTHING_OWED = -1
_NO_GROUP = -1


@frozen(eq=False)
class Follow:
    """Paths and the moves to try after them, a row for each pair."""

    parent: Ints
    move: Ints
    wait: Floats  # weeks of required work before the move
    lacks: Bools  # a prerequisite is missing

    def take(self, rows: Bools | Ints) -> "Follow":
        """Some of the pairs."""
        return Follow(self.parent[rows], self.move[rows], self.wait[rows], self.lacks[rows])


@frozen(eq=False)
class Gains:
    """What the rules of stacking read of paths, a row each."""

    awards: Ints  # paths x moves, in the order earned
    learning: Floats  # paths x moves: weeks of paid work that earning them was
    owed: Ints  # award of a last move that only pays off through one that requires it
    last: Ints  # the last move


@frozen(eq=False)
class _Groups:
    """Moves that follow the same, together: those that stack on one award, or use the schooling of like moves."""

    moves: Ints  # group by group
    sizes: Ints
    after_award: Ints  # by number of the award: the group, or _NO_GROUP
    after_school: Ints  # by move: the group that uses the schooling it gives

    @property
    def starts(self) -> Ints:
        """Where each group begins among the moves."""
        return np.cumsum(self.sizes) - self.sizes

    def after(self, gains: Gains, rows: Ints) -> tuple[Ints, Ints, Bools]:
        """The moves of the groups that follow some paths: path, move, and whether the move uses schooling."""
        groups = np.column_stack([self.after_award[gains.awards[rows]], self.after_school[gains.last[rows]]])
        starts, sizes = np.append(self.starts, 0), np.append(self.sizes, 0)  # the last of no moves
        size = sizes[groups]
        uses = np.zeros(groups.shape, np.bool_)
        uses[:, -1] = True
        parent = np.repeat(rows, size.sum(axis=1))
        return parent, self.moves[spans(starts[groups].ravel(), size.ravel())], np.repeat(uses.ravel(), size.ravel())

    def among(self, some: Bools) -> "_Groups":
        """The groups with some of the moves."""
        kept = some[self.moves]
        sizes = np.add.reduceat(kept, self.starts, dtype=np.int64) if len(self.sizes) else self.sizes
        return _Groups(self.moves[kept], sizes, self.after_award, self.after_school)


class Following:
    """The moves of all searches for one person by what they may follow."""

    def __init__(self, moves: MoveTable, stacking: Stacking) -> None:
        rules = stacking.rules
        self._moves, self._standing = moves, Standing.of(rules, stacking.person)
        wait, lacks = self._standing.at_first()
        self._wait, self._lacks = wait[moves.award], lacks[moves.award]  # before anything is gained
        self._asks = rules.count[moves.award] > 0
        self._required = np.unique(self._pair(rules.award, rules.of))
        asking = np.flatnonzero(stacking.asks_for_more(moves.education_required))
        groups = self._groups = _group(moves, stacking, asking)
        # What stacks on something, or asks for schooling the person lacks, may come after another move.
        self.follows: Bools = np.zeros(len(moves), np.bool_)
        self.follows[asking] = True
        self.follows[groups.moves] = True

    def first(self) -> Follow:
        """All moves, each as the first of a path."""
        every = np.arange(len(self._moves))
        return Follow(np.zeros(len(every), np.int64), every, self._wait, self._lacks)

    def after(self, gains: Gains, tried: Sequence[tuple[Ints, Bools]]) -> Follow:
        """The moves that stack on what paths gained, or use the schooling the last move gave.

        Args:
            gains: of the paths.
            tried: some of the paths, and the moves worth trying after those.
        """
        awards, pairs = self._moves.award, [np.zeros(0, np.int64)]
        for rows, worth in tried:
            parent, move, uses = self._groups.among(worth).after(gains, rows)
            owed = gains.owed[parent]
            pays_off = uses | (owed == NOTHING_OWED) | np.isin(self._pair(owed, awards[move]), self._required)
            pairs.append((parent * len(self._moves) + move)[pays_off])
        # A move may follow for more than one reason.
        pair = np.sort(np.concatenate(pairs))
        parent, move = np.divmod(pair[starts(pair)], max(len(self._moves), 1))
        wait, lacks = self._wait[move], self._lacks[move]
        asks = np.flatnonzero(self._asks[move])
        path = parent[asks]
        wait[asks], lacks[asks] = self._standing.after(awards[move[asks]], gains.awards[path], gains.learning[path])
        return Follow(parent, move, wait, lacks)

    def reach(self, gain: Floats, usable: Bools, steps: int) -> Floats:
        """The greatest gain of any usable move that may come after each move, by at most so many steps."""
        groups, reach = self._groups, np.zeros(len(gain))
        if not len(groups.sizes):
            return reach
        starts, by_award, by_school = groups.starts, groups.after_award[self._moves.award], groups.after_school
        for _ in range(steps):
            led_to = np.where(usable, np.maximum(gain, reach), 0.0)
            best = np.append(np.maximum.reduceat(led_to[groups.moves], starts), 0.0)  # the last for none
            reach = np.maximum(best[by_award], best[by_school])
        return reach

    def lead_to(self, some: Bools, gains: Gains, parent: Ints, move: Ints) -> Bools:
        """Which paths with one more move some moves may follow."""
        groups, awards = self._groups, self._moves.award
        has = np.append(groups.among(some).sizes, 0) > 0  # the last for no group
        stacked = np.any(has[groups.after_award[gains.awards]], axis=1)
        leads: Bools = stacked[parent] | has[groups.after_award[awards[move]]] | has[groups.after_school[move]]
        return leads

    def _pair(self, lower: Ints, upper: Ints) -> Ints:
        return lower * len(self._standing.rules.awards) + upper


def _group(moves: MoveTable, stacking: Stacking, asking: Ints) -> _Groups:
    """The groups of some moves, of which those ask for schooling the person lacks."""
    rules = stacking.rules
    rows = np.flatnonzero(moves.ruled)
    rows = rows[np.argsort(moves.award[rows], kind="stable")]
    earned = moves.award[rows]
    first = np.searchsorted(earned, rules.above)
    size = np.searchsorted(earned, rules.above, side="right") - first
    offered = np.zeros(len(rules.awards), np.bool_)
    offered[earned] = True
    paired = (size > 0) & offered[rules.below]
    first, size, below = first[paired], size[paired], rules.below[paired]
    opens = starts(below)
    after_award = np.full(len(rules.awards), _NO_GROUP)
    after_award[below[opens]] = np.arange(len(opens))
    stacked = np.add.reduceat(size, opens) if len(opens) else size

    # Moves that give the same schooling in the same sectors are followed by the same.
    schools = np.flatnonzero(moves.education_awarded)
    given = group_rows([moves.education_awarded[schools], moves.sectors[schools]])
    _, one, kind = np.unique(given, return_index=True, return_inverse=True)
    gave, gave_in = moves.education_awarded[schools[one], None], moves.sectors[schools[one], None]
    uses = stacking.uses_schooling(moves.education_required[asking], moves.sectors[asking], gave, gave_in)
    schooled = np.count_nonzero(uses, axis=1)
    after_school = np.full(len(moves), _NO_GROUP)
    after_school[schools] = np.where(schooled, len(opens) + np.cumsum(schooled > 0) - 1, _NO_GROUP)[kind]
    return _Groups(
        moves=np.concatenate([rows[spans(first, size)], asking[np.nonzero(uses)[1]]]),
        sizes=np.concatenate([stacked, schooled[schooled > 0]]),
        after_award=after_award,
        after_school=after_school,
    )
