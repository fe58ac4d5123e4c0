"""Pathway search: multi-criteria label setting over the credentials a person can stack.

A label is a partial path. Its state is the set of credentials gained, the education and the wage reached; labels of
one state compete, and the dominated are dropped. Dropping is safe, because whatever can follow depends on the state
alone and can only be worth more, cost no more and end no later for the label that is ahead in all criteria. (A path
that loses money is no plan: `_is_plan`.) Bounds: at most `max_training_steps` moves and `max_weeks` weeks.

What makes a ladder of several moves, and not a pile of courses:

* a later move stacks on an earlier one: a rule ties their credentials, or the earlier gave the schooling it asks for;
* each move opens a job that pays more than the path had reached, or it is an on-ramp: the very next move requires it.

All labels of one length are made and compared together, as columns; a state holds labels of one length only, as every
move gains one more credential.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isinf

import numpy as np
import numpy.typing as npt

from matching.moves import Found, Move, Opening, Path, Person
from matching.pathways.extending import MARGIN, criteria_of
from matching.pathways.follow import NOTHING_OWED, Follow
from matching.pathways.ground import Ground, Layer, Tries
from matching.pathways.moves import OpenMoves
from matching.pathways.pareto import group_rows, non_dominated, unbeaten_by
from matching.pathways.widening import EVERYTHING, Sought
from matching.tables import Labels

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(slots=True)
class _Run:
    """One search: what it is given, and what it notes on the way."""

    ground: Ground
    moves: OpenMoves
    person: Person  # with the limits in force
    sought: Sought
    front: Floats  # criteria x plans: those so far that no other beats
    completion: float  # the greatest chance to complete any of the moves
    further: Floats  # per move: the reach of what may come after it (`Ground.further`)
    usable: Bools = field(init=False)  # per move: worth trying after another
    hindered: dict[str, int] = field(default_factory=dict)  # reasons for which some path could not take some program
    rejected: Ints = field(init=False)  # per program: the first of them, by its place
    taken: Bools = field(init=False)  # per program: some path can
    labels: int = 0

    def __post_init__(self) -> None:
        self.taken = np.zeros(int(self.ground.moves.program.max(initial=-1)) + 1, np.bool_)
        self.rejected = np.full(len(self.taken), -1)
        self.usable = self.moves.open

    def fit(self, tries: Tries) -> Bools:
        """Which moves nothing speaks against; the first reason against each of the others is noted."""
        if self.sought is not EVERYTHING:
            return tries.fit(self.person)
        fits, programs = np.ones(len(tries), np.bool_), self.ground.moves.program[tries.follow.move]
        for reason, against in tries.against(self.person).items():
            new = against & fits
            if new.any():
                place = self.hindered.setdefault(reason, len(self.hindered))
                left = programs[new]
                self.rejected[left[self.rejected[left] < 0]] = place
                fits &= ~new
        self.taken[programs[fits]] = True
        return fits

    def first_layer(self, rows: Ints) -> Layer:
        """The labels of some moves, each the first of a path."""
        fits = self.fit(self.ground.first_tries.take(rows))
        self.labels += int(np.count_nonzero(fits))
        return self.ground.first(rows[fits], self.moves.concerns)

    def next_layer(self, before: Layer, reach: Floats, hopeful: Bools, *, last: bool) -> Layer:
        """The labels of one move more that may yet become a plan, and where all is told, those that lead on.

        `reach`: of what may come after each path.
        """
        moves, following = self.ground.moves, self.ground.following
        tried = [(np.flatnonzero(hopeful), self.usable)]
        if self.sought is EVERYTHING and not hopeful.all():
            ready = before.labels.weeks[~hopeful].min() + moves.weeks + moves.exam_weeks
            tried.append((np.flatnonzero(~hopeful), self.untaken & (ready <= self.ground.config.max_weeks)))
        follow = following.after(before.gains, tried)
        again = (before.gained[follow.parent] == moves.award[follow.move, None]).any(axis=1)
        follow = follow.take(~again) if again.any() else follow
        if self.sought is not EVERYTHING:
            follow = follow.take(self.promising(before, reach, follow))
        tries = self.ground.tries(before, follow)
        tries = tries.take(self.fit(tries))
        self.labels += len(tries)
        if self.sought is EVERYTHING:
            worth = self.promising(before, reach, tries.follow)
            if not last:
                worth |= following.lead_to(self.untaken, before.gains, tries.follow.parent, tries.follow.move)
            tries = tries.take(worth)
        return self.ground.extended(before, tries, self.moves.concerns)

    @property
    def untaken(self) -> Bools:
        """The usable moves to programs that no path could take so far."""
        untaken: Bools = self.usable & ~self.taken[self.ground.moves.program]
        return untaken

    def promising(self, before: Layer, reach: Floats, follow: Follow) -> Bools:
        """Which moves after paths may yet become a plan that no plan so far beats, short of making it."""
        labels, moves, parent, move = before.labels, self.ground.moves, follow.parent, follow.move
        # What stacks on an earlier move may still come after this one.
        reach = np.maximum(self.further[:, move], reach[:, parent])
        gain, extender = self.ground.gain[move], self.ground.extender
        most = extender.most_value_with(labels, parent, moves, move, gain, reach)
        promising = most > -MARGIN
        rows = np.flatnonzero(promising)
        if self.front.size and len(rows):
            parent, move = parent[rows], move[rows]
            weeks = labels.weeks[parent] + moves.weeks[move]
            best = [
                np.maximum(np.minimum(labels.better_pay_after[parent], weeks), self.sought.more_than_weeks),
                np.maximum(labels.cost_high[parent] + moves.cost_high[move], self.sought.more_than_cost),
                -most[rows] - MARGIN,
                np.maximum(labels.evidence[parent], moves.evidence[move]),
                labels.concerns[parent] + self.moves.concerns[move],
            ]
            promising[rows] = unbeaten_by(self.front, np.array(best))
        return promising

    def hopeful(self, layer: Layer, reach: Floats, *, tells: bool) -> Bools:
        """Which labels may yet become a plan that no plan so far beats, if what follows brings no more than `reach`."""
        plans = self.is_plan(layer)
        if plans.any():
            front = np.hstack([self.front, _plan_criteria(layer.labels.take(plans))])
            self.front = front[:, non_dominated(front)]
        best = self.sought.best_of(layer.labels, reach, self.completion, self.ground.extender)
        hopeful = unbeaten_by(self.front, best)
        # What can never be worth its cost is no plan; it may yet lead on to a program no other path could take.
        return hopeful if tells else hopeful & (best[2] < 0.0)

    def is_plan(self, layer: Layer) -> Bools:
        """Whether the last move opens the better job the person wants, in time, and the whole is worth its cost."""
        in_time = layer.labels.better_pay_after <= self.person.better_pay_within
        plans: Bools = (layer.owed == NOTHING_OWED) & layer.is_goal & (layer.labels.value > 0.0) & in_time
        return plans

    def path(self, layers: Sequence[Layer], depth: int, row: int) -> Path:
        """A label as a path, move by move."""
        chain: list[tuple[Move, Opening | None, float]] = []
        for layer in layers[depth::-1]:
            move, opening = self.moves.make(int(layer.move[row])), self.ground.openings.opening(int(layer.opening[row]))
            chain.append((move, opening, float(layer.wait[row])))
            row = int(layer.parent[row])
        path = Path(education=self.ground.stacking.person.education)
        for move, opened, wait in reversed(chain):
            path = self.ground.extender.extend(path, move, opened, wait, len(move.concerns))
        return path


def search(ground: Ground, moves: OpenMoves, person: Person, sought: Sought = EVERYTHING) -> Found:
    """Every non-dominated path within the bounds that ends in better pay and is worth more than it costs.

    Args:
        ground: what all searches for the person stand on.
        moves: those that may be taken.
        person: with the limits in force.
        sought: what of the paths is looked for; if not everything, why a program is left is not told again.
    """
    if not moves.open.any() or (sought.new is not None and not len(ground.worth_beginning(moves.open))):
        return Found()
    following, most_steps = ground.following, ground.config.max_training_steps
    before, completion = criteria_of(sought.known), float(ground.moves.completion[moves.open].max())
    further = ground.further(moves.open)
    run = _Run(ground, moves, person, sought, before, completion, further)
    tried, first = _worth_trying(run)
    run.usable = tried & ground.leads_on
    layer, gains, reach = run.first_layer(first), Layer.start(person).gains, np.zeros((2, 1))
    layers: list[Layer] = []
    while len(layer):
        last = len(layers) + 1 == most_steps
        leads_on = following.lead_to(run.usable, gains, layer.parent, layer.move) & (not last)
        reach = np.where(leads_on, np.maximum(reach[:, layer.parent], further[:, layer.move]), 0.0)
        hopeful = run.hopeful(layer, reach, tells=sought is EVERYTHING and len(layers) + 2 < most_steps)
        keeps = hopeful
        if sought is EVERYTHING and not last:
            # Without hope a path is followed only to find whether a program none could take can be taken after all.
            keeps = hopeful | following.lead_to(run.untaken, gains, layer.parent, layer.move)
        worth = np.flatnonzero(keeps)
        layer = layer.take(worth)
        fittest = non_dominated(_label_criteria(layer.labels, person), _states(layer))
        layer, kept = layer.take(fittest), worth[fittest]
        hopeful, reach = hopeful[kept], reach[:, kept]
        if not hopeful.all():
            telling = _telling(layer, hopeful)
            layer, kept, hopeful, reach = layer.take(telling), kept[telling], hopeful[telling], reach[:, telling]
        layers.append(layer)
        if not np.any(leads_on[kept] if sought is EVERYTHING else reach[0] > 0.0):
            break
        gains = layer.gains
        layer = run.next_layer(layer, reach, hopeful, last=len(layers) + 1 == most_steps)
    # A program some path could take was not ruled out, whatever other paths lacked for it.
    reasons = list(run.hindered)
    left = np.flatnonzero((run.rejected >= 0) & ~run.taken)
    rejected = {row: reasons[place] for row, place in zip(left.tolist(), run.rejected[left].tolist(), strict=True)}
    paths = _best_plans(layers, run, before)
    return Found(paths, rejected, frozenset(reasons), run.labels, run.labels - len(paths))


def _worth_trying(run: _Run) -> tuple[Bools, Ints]:
    """The moves worth trying at all, and those of them that a plan that is sought may begin with."""
    ground, usable, concerns, sought = run.ground, run.moves.open, run.moves.concerns, run.sought
    if sought.new is None:
        first = ground.unbeaten(np.flatnonzero(usable), concerns)
        return _only(first, usable), first
    following, first = ground.following, ground.worth_beginning(usable)
    begins = sought.new[first]
    if sought.more_than_weeks:
        begins |= ground.first_layer.labels.better_pay_after[first] > sought.more_than_weeks
    if sought.more_than_cost:
        begins |= run.further[0, first] > 0.0
    later = sought.new & usable & following.follows
    if later.any():
        steps = ground.config.max_training_steps - 1
        begins |= following.reach(later.astype(np.float64), usable, steps)[first] > 0.0
    first = first[begins]
    first = first[ground.first_tries.take(first).fit(run.person)]
    made = ground.first(first, concerns)
    best = sought.best_of(made.labels, run.further[:, first], run.completion, ground.extender)
    first = first[(best[2] < 0.0) & unbeaten_by(run.front, best)]
    # What follows has to be unbeaten as well, and what begins by any move that is open.
    rivals = ground.alike(first, usable)
    if (run.further[0, first] > 0.0).any():
        rivals |= usable & following.follows
    kept = _only(ground.unbeaten(np.flatnonzero(rivals), concerns), usable)
    return kept, first[kept[first]]


def _only(rows: Ints, every: Bools) -> Bools:
    only = np.zeros(len(every), np.bool_)
    only[rows] = True
    return only


def _best_plans(layers: Sequence[Layer], run: _Run, known: Floats) -> list[Path]:
    """The labels that are plans and that no other plan beats, as paths."""
    ends = [(depth, np.flatnonzero(run.is_plan(layer))) for depth, layer in enumerate(layers)]
    at = [(depth, row) for depth, rows in ends for row in rows.tolist()]
    if not at:
        return []
    criteria = [_plan_criteria(layers[depth].labels.take(rows)) for depth, rows in ends]
    best = non_dominated(np.hstack([known, *criteria]), keep_equals=True)[known.shape[1] :]
    found = [run.path(layers, *at[end]) for end in np.flatnonzero(best)]
    if not run.sought.known:
        return found
    # Without the trace that kept equals: what is worth as much as a known plan and is worse in the rest is no new one.
    exact = np.array([path.criteria for path in (*run.sought.known, *found)], np.float64).T
    new = non_dominated(exact, keep_equals=True)[len(run.sought.known) :]
    return [path for path, stands in zip(found, new.tolist(), strict=True) if stands]


def _plan_criteria(labels: Labels) -> Floats:
    return np.array([labels.better_pay_after, labels.cost_high, -labels.value, labels.evidence, labels.concerns])


def _label_criteria(labels: Labels, person: Person) -> Floats:
    # What may follow also depends on the chance of having got here, the pay meanwhile, what the account still holds,
    # and within a limit on money on what is spent if all that may pay does.
    used = [column for column in (labels.account_low, labels.account_high) if column.any()]
    used += [] if isinf(person.most_out_of_pocket) else [labels.cost_low]
    return np.array([labels.weeks, *_plan_criteria(labels), -labels.chance, -labels.gain_per_week, *used])


def _telling(layer: Layer, hopeful: Bools) -> Ints:
    """The labels with hope, and of the others those that no other of their state beats in what a move can fail by."""
    labels, hopeless = layer.labels, np.flatnonzero(~hopeful)
    limits = np.array([labels.weeks, labels.better_pay_after, labels.cost_low, labels.account_low])[:, hopeless]
    kept = hopeful.copy()
    kept[hopeless[non_dominated(limits, _states(layer.take(hopeless)))]] = True
    return np.flatnonzero(kept)


def _states(layer: Layer) -> Ints:
    labels, order = layer.labels, np.argsort(layer.gained, axis=1)
    gained = np.take_along_axis(layer.gained, order, axis=1)
    learning = np.take_along_axis(layer.learning, order, axis=1)
    return group_rows(
        [*gained.T, *learning.T, labels.education, labels.wage, labels.entry_wage, layer.owed, layer.is_goal]
    )
