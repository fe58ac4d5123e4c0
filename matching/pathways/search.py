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

import numpy as np
import numpy.typing as npt

from matching.config import MatchConfig
from matching.moves import Found, Move, Opening, Path, Person
from matching.pathways.extending import MARGIN, Extender, criteria_of
from matching.pathways.follow import Follow, Following, Trace
from matching.pathways.openings import RUNG, Openings, choose
from matching.pathways.pareto import group_rows, non_dominated, unbeaten_by
from matching.pathways.stacking import Stacking
from matching.pathways.widening import EVERYTHING, Sought
from matching.tables import Labels, MoveTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOTHING_OWED = -1


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """The labels of one length that none of their state beats; `parent` is a row of the layer before."""

    labels: Labels
    parent: Ints
    move: Ints
    wait: Floats
    opening: Ints
    is_goal: Bools
    owed: Ints  # award of a last move that only pays off through one that requires it
    gained: Ints  # labels x moves: awards in ascending order
    learned: Floats  # weeks of paid work that earning them was: a later licence may ask for such

    def take(self, rows: Bools) -> "_Layer":
        return _Layer(self.labels.take(rows), *(getattr(self, name)[rows] for name in self.__slots__[1:]))


@dataclass(slots=True)
class _Run:
    """One search: what it is given, and what it notes on the way."""

    moves: MoveTable
    openings: Openings
    stacking: Stacking
    extender: Extender
    config: MatchConfig
    front: Floats  # criteria of the plans so far that no other beats
    sought: Sought
    following: Following
    required: Bools = field(init=False)  # per move: something requires its award
    learning: Floats = field(init=False)  # per move: weeks of paid work that a later award may count
    gain: Floats = field(init=False)  # per move: the most it can be expected to add to the usual pay, $ a week
    hindered: dict[str, int] = field(default_factory=dict)  # reasons for which some path could not take some program
    rejected: Ints = field(init=False)  # per program: the first of them, by its place
    taken: Bools = field(init=False)  # per program: some path can
    labels: int = 0

    def __post_init__(self) -> None:
        moves = self.moves
        self.required = self._is_in(self.stacking.required)
        self.learning = np.where(moves.apprenticeship & self._is_in(self.stacking.counted), moves.weeks, 0.0)
        raises = self.extender.raises(self.openings.jobs)[self.openings.chosen[moves.jobs]]
        self.gain = moves.employment * raises.max(axis=1, initial=0.0)
        self.taken = np.zeros(int(moves.program.max(initial=-1)) + 1, np.bool_)
        self.rejected = np.full(len(self.taken), -1)

    def _is_in(self, awards: frozenset[str]) -> Bools:
        """Which moves earn one of some awards."""
        earns = np.zeros(len(self.moves), np.bool_)
        earns[self.following.rows_of(awards)] = True
        return earns

    def next_layer(self, before: _Layer, follow: Follow) -> _Layer:
        """All labels of one move more."""
        if before.gained.shape[1]:
            follow = follow.take(~(before.gained[follow.parent] == self.moves.award[follow.move, None]).any(axis=1))
        move, labels = follow.move, before.labels.take(follow.parent)
        moves = self.moves.take(move)
        educated = np.maximum(labels.education, moves.education_awarded)
        opening, jobs = choose(self.openings, moves.jobs, np.maximum(moves.rung, RUNG[educated]))
        pays = self.stacking.pays_more(jobs, labels)
        on_ramp = self.required[move] | ((moves.education_awarded > labels.education) & (labels.education > 0))
        ready = labels.weeks + follow.wait + moves.weeks + moves.exam_weeks
        cost_low, _ = moves.costs_after(labels)
        person = self.stacking.person
        fits = self._note(
            moves.program,
            {
                "education": self.stacking.lacks_schooling(labels.education, moves.education_required),
                "prerequisite": follow.lacks,
                "max_out_of_pocket_usd": labels.cost_low + cost_low > person.most_out_of_pocket,
                "max_weeks_to_better_pay": np.minimum(labels.better_pay_after, ready) > person.better_pay_within,
                "max_weeks": ready > self.config.max_weeks,
                "no_better_pay": ~(pays | on_ramp),
            },
        )
        gained = np.column_stack([before.gained[follow.parent], moves.award])
        made = _Layer(
            labels=self.extender.extend_all(labels.take(fits), moves.take(fits), jobs.take(fits), follow.wait[fits]),
            parent=follow.parent[fits],
            move=move[fits],
            wait=follow.wait[fits],
            opening=opening[fits],
            is_goal=jobs.is_goal[fits],
            owed=np.where(pays, NOTHING_OWED, moves.award)[fits],
            gained=np.sort(gained[fits], axis=1),
            learned=(before.learned[follow.parent] + self.learning[move])[fits],
        )
        self.labels += len(made.move)
        return made

    def _note(self, programs: Ints, reasons: dict[str, Bools]) -> Bools:
        """Which moves nothing speaks against; the first reason against each of the others is noted."""
        fits = np.ones(len(programs), np.bool_)
        for reason, against in reasons.items():
            new = against & fits
            if new.any():
                place = self.hindered.setdefault(reason, len(self.hindered))
                self.rejected[programs[new & (self.rejected[programs] < 0)]] = place
                fits &= ~new
        self.taken[programs[fits]] = True
        return fits

    def hopeful(self, layer: _Layer, reach: Floats) -> Bools:
        """Which labels may yet become a plan that no plan so far beats, if what follows brings no more than `reach`."""
        labels = layer.labels
        plans = _plan_criteria(labels.take(_is_plan(layer, self.stacking.person)))
        front = np.concatenate([self.front, plans])
        self.front = front = front[non_dominated(front)]
        # What follows can bring no earlier pay than the present or the next week, costs, weakens, asks.
        best = _plan_criteria(labels)
        best[:, 0] = np.maximum(np.minimum(labels.better_pay_after, labels.weeks), self.sought.more_than_weeks)
        best[:, 1] = np.maximum(labels.cost_high, self.sought.more_than_cost)
        best[:, 2] = -self.extender.most_value(labels, reach, self.moves.completion.max(initial=0.0)) - MARGIN
        return unbeaten_by(front, best)

    def path(self, layers: Sequence[_Layer], depth: int, row: int) -> Path:
        """A label as a path, move by move."""
        chain: list[tuple[Move, Opening | None, float]] = []
        for layer in layers[depth::-1]:
            opening = int(layer.opening[row])
            chain.append(
                (
                    self.moves.move(int(layer.move[row])),
                    self.openings.opening(opening),
                    float(layer.wait[row]),
                )
            )
            row = int(layer.parent[row])
        path = Path(education=self.stacking.person.education)
        for move, opened, wait in reversed(chain):
            path = self.extender.extend(path, move, opened, wait, len(move.concerns))
        return path


def search(
    moves: MoveTable,
    openings: Openings,
    stacking: Stacking,
    extender: Extender,
    config: MatchConfig,
    sought: Sought = EVERYTHING,
) -> Found:
    """Every non-dominated path within the bounds that ends in better pay and is worth more than it costs.

    Args:
        moves: what may be taken.
        openings: the jobs the moves open.
        stacking: which move may follow which.
        extender: the value of paths.
        config: the bounds.
        sought: what of the paths is looked for; if not everything, why a program is left is not told again.
    """
    moves, sought = sought.of(moves)
    if not len(moves):
        return Found()
    before, following = criteria_of(sought.known), Following(moves, stacking)
    run = _Run(moves, openings, stacking, extender, config, before, sought, following)
    layer, traces, follow = _start(stacking.person), [Trace()], following.first()
    if sought.first is not None:
        follow = follow.take(sought.first)
    layers: list[_Layer] = []
    further, reach = following.reach(run.gain, config.max_training_steps - 1), np.zeros(1)
    while len(follow.move):
        layer = run.next_layer(layer, follow)
        last = len(layers) + 1 == config.max_training_steps
        leads_on = following.lead_on(traces, layer.parent, layer.move) & (not last)
        reach = np.where(leads_on, np.maximum(reach[layer.parent], further[layer.move]), 0.0)
        hopeful = run.hopeful(layer, reach)
        # Without hope a path is followed only to find whether a program none could take can be taken after all.
        worth = hopeful | leads_on if sought is EVERYTHING else hopeful
        layer, hopeful, reach = layer.take(worth), hopeful[worth], reach[worth]
        fittest = non_dominated(_label_criteria(layer.labels), _states(layer))
        layer, hopeful, reach = layer.take(fittest), hopeful[fittest], reach[fittest]
        layers.append(layer)
        if last or not len(layer.move):
            break
        traces = following.traces(traces, layer.parent, layer.move, layer.owed)
        follow = following.after(traces)
        follow = follow.take(hopeful[follow.parent] | ~run.taken[moves.program[follow.move]])
    # A program some path could take was not ruled out, whatever other paths lacked for it.
    reasons = list(run.hindered)
    left = np.flatnonzero((run.rejected >= 0) & ~run.taken)
    rejected = {row: reasons[place] for row, place in zip(left.tolist(), run.rejected[left].tolist(), strict=True)}
    paths = _best_plans(layers, run, before)
    return Found(paths, rejected, frozenset(reasons), run.labels, run.labels - len(paths))


def _start(person: Person) -> _Layer:
    zero, none = np.zeros(1, np.int64), np.zeros((1, 0), np.int64)
    owed = np.full(1, NOTHING_OWED)
    return _Layer(Labels.start(person.education), zero, zero, np.zeros(1), zero, zero > 0, owed, none, np.zeros(1))


def _best_plans(layers: Sequence[_Layer], run: _Run, known: Floats) -> list[Path]:
    """The labels that are plans and that no other plan beats, as paths."""
    ends = [(depth, np.flatnonzero(_is_plan(layer, run.stacking.person))) for depth, layer in enumerate(layers)]
    criteria = [_plan_criteria(layers[depth].labels.take(rows)) for depth, rows in ends]
    best = non_dominated(np.concatenate([known, *criteria]), keep_equals=True)[len(known) :]
    at = [(depth, row) for depth, rows in ends for row in rows.tolist()]
    return [run.path(layers, *at[end]) for end in np.flatnonzero(best)]


def _is_plan(layer: _Layer, person: Person) -> Bools:
    """Whether the last move opens the better job the person wants, in time, and the whole is worth what it costs."""
    in_time = layer.labels.better_pay_after <= person.better_pay_within
    plans: Bools = (layer.owed == NOTHING_OWED) & layer.is_goal & (layer.labels.value > 0.0) & in_time
    return plans


def _plan_criteria(labels: Labels) -> Floats:
    return np.column_stack([labels.better_pay_after, labels.cost_high, -labels.value, labels.evidence, labels.concerns])


def _label_criteria(labels: Labels) -> Floats:
    # What may follow also depends on the chance of having got here, the pay meanwhile and what the account still holds.
    used = [column for column in (labels.account_low, labels.account_high) if column.any()]
    return np.column_stack([labels.weeks, _plan_criteria(labels), -labels.chance, -labels.gain_per_week, *used])


def _states(layer: _Layer) -> Ints:
    labels = layer.labels
    return group_rows(
        [*layer.gained.T, labels.education, labels.wage, labels.entry_wage, layer.owed, layer.learned, layer.is_goal]
    )
