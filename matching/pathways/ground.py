"""Ground: what every search for one person stands on, whatever limits are in force; made once a person.

A limit given way opens or closes moves, and changes what a plan may cost or how long it may take. It changes neither
what a move follows and opens nor what it is worth as the first of a path: all that is here.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.config import MatchConfig
from matching.moves import Person
from matching.pathways.extending import MARGIN, Extender
from matching.pathways.follow import NOTHING_OWED, Follow, Following, Gains
from matching.pathways.openings import RUNG, Openings
from matching.pathways.pareto import non_dominated
from matching.pathways.stacking import Stacking
from matching.tables import Labels, MoveTable
from taxonomy.frozen import frozen, names_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@frozen(eq=False)
class Layer:
    """Labels of one length; `parent` is a row of the layer before."""

    labels: Labels
    parent: Ints
    move: Ints
    wait: Floats
    opening: Ints
    is_goal: Bools
    owed: Ints  # award of a last move that only pays off through one that requires it
    gained: Ints  # labels x moves: awards, in the order earned
    learning: Floats  # labels x moves: weeks of paid work that earning them was; a later licence may ask for such

    def __len__(self) -> int:
        return len(self.move)

    def take(self, rows: Bools | Ints) -> "Layer":
        """Some of the labels."""
        return Layer(self.labels.take(rows), *(getattr(self, name)[rows] for name in names_of(self)[1:]))

    @classmethod
    def start(cls, person: Person) -> "Layer":
        """The one label before any move."""
        zero, none = np.zeros(1, np.int64), np.zeros((1, 0), np.int64)
        owed, learning = np.full(1, NOTHING_OWED), np.zeros((1, 0))
        return cls(Labels.start(person.education), zero, zero, np.zeros(1), zero, zero > 0, owed, none, learning)

    @property
    def gains(self) -> Gains:
        """What the rules of stacking read of them."""
        return Gains(self.gained, self.learning, self.owed, self.move)


@frozen(eq=False)
class Tries:
    """Moves tried after paths, a row each, with what speaks against them."""

    follow: Follow
    opening: Ints
    pays: Bools
    cost_low: Floats  # of the whole path
    better_pay_after: Floats  # weeks until better pay at the earliest
    lacks_schooling: Bools
    too_long: Bools
    leads_nowhere: Bools  # opens no job that pays more, and is no on-ramp

    def __len__(self) -> int:
        return len(self.opening)

    def take(self, rows: Bools | Ints) -> "Tries":
        """Some of the tries."""
        return Tries(self.follow.take(rows), *(getattr(self, name)[rows] for name in names_of(self)[1:]))

    def against(self, person: Person) -> dict[str, Bools]:
        """What speaks against each within a person's limits, by reason, in the order in which they are told."""
        return {
            "education": self.lacks_schooling,
            "prerequisite": self.follow.lacks,
            "max_out_of_pocket_usd": self.cost_low > person.most_out_of_pocket,
            "max_weeks_to_better_pay": self.better_pay_after > person.better_pay_within,
            "max_weeks": self.too_long,
            "no_better_pay": self.leads_nowhere,
        }

    @property
    def never_fits(self) -> Bools:
        """What something speaks against whatever the limits."""
        never: Bools = self.lacks_schooling | self.follow.lacks | self.too_long | self.leads_nowhere
        return never

    def fit(self, person: Person) -> Bools:
        """Which of them nothing speaks against within a person's limits."""
        fits: Bools = ~self.never_fits & (self.cost_low <= person.most_out_of_pocket)
        return fits & (self.better_pay_after <= person.better_pay_within)


class Ground:
    """The moves offered, what may follow which, and each move as the first of a path."""

    def __init__(
        self,
        moves: MoveTable,
        alike: Ints,
        openings: Openings,
        stacking: Stacking,
        extender: Extender,
        config: MatchConfig,
    ) -> None:
        """Make the moves ready.

        Args:
            moves: all that may come to be open.
            alike: equal for moves that may stand in for each other, their jobs apart.
            openings: the jobs the moves open.
            stacking: which move may follow which.
            extender: the value of paths.
            config: the bounds.
        """
        self.moves, self.openings, self.stacking, self.extender, self.config = (
            moves, openings, stacking, extender, config,
        )  # fmt: skip
        self.following = Following(moves, stacking)
        self._required = stacking.rules.required[moves.award]
        self._learning = np.where(moves.apprenticeship & stacking.rules.counted[moves.award], moves.weeks, 0.0)
        jobs, chosen = openings.jobs, openings.chosen
        # Of each move: the most it can be expected to add to the usual pay, $ a week.
        self.gain: Floats = moves.employment * extender.raises(jobs)[chosen].max(axis=1, initial=0.0)[moves.jobs]
        self._lasting = extender.lasting(moves)
        pays: Bools = jobs.opened & (jobs.wage >= stacking.better_wage)
        pays = np.any(pays[chosen], axis=1)[moves.jobs]
        # Of each move: whether it can open a job that pays more, or be an on-ramp, after any path.
        self.leads_on: Bools = pays | self._required | (moves.education_awarded > max(stacking.person.education, 0))
        self._group: Ints = np.unique(alike * len(chosen) + moves.jobs, return_inverse=True)[1]
        self._measures = np.array(
            [
                moves.weeks,
                moves.exam_weeks,
                moves.hours_per_week,
                moves.cost_low,
                moves.cost_high,
                moves.account_low,
                moves.account_high,
                -moves.completion,
                -moves.employment,
                moves.evidence,
            ]
        )
        start = Layer.start(stacking.person)
        self.first_tries = self.tries(start, self.following.first())
        self.first_layer = self.extended(start, self.first_tries, moves.concerns)
        self._worth_beginning = self._begin_plans()

    def _begin_plans(self) -> Ints:
        """The moves that plans may begin with, were all moves open and all limits gone."""
        if not len(self.moves):
            return np.zeros(0, np.int64)
        further = self.further(np.ones(len(self.moves), np.bool_))
        most = self.extender.most_value(self.first_layer.labels, further, float(self.moves.completion.max()))
        return np.flatnonzero(~self.first_tries.never_fits & (most > -MARGIN))

    def further(self, usable: Bools) -> Floats:
        """What usable moves that may come after each move bring at most: their reach, 2 x moves.

        First the greatest rise over the usual pay, $ a week; then the greatest that is left of it, as an expectation
        and as if for the whole time ahead, once the next of them is completed.
        """
        gain = self.following.reach(self.gain, usable, self.config.max_training_steps - 1)
        return np.array([gain, self.following.reach(self._lasting * np.maximum(self.gain, gain), usable, 1)])

    def worth_beginning(self, among: Bools) -> Ints:
        """The moves among some that plans may begin with."""
        rows: Ints = self._worth_beginning[among[self._worth_beginning]]
        return rows

    def unbeaten(self, rows: Ints, concerns: Ints) -> Ints:
        """Of some moves to the same credential and jobs on the same terms, those no other beats in all that counts.

        Safe for the search: whatever path takes a beaten move is beaten by the same path with the better one. Of equal
        moves the first stays.
        """
        measures = np.vstack([self._measures[:, rows], concerns[rows]])
        return rows[non_dominated(measures, self._group[rows])]

    def alike(self, rows: Ints, among: Bools) -> Bools:
        """The moves among some that may stand in for one of others."""
        present = np.zeros(int(self._group.max(initial=-1)) + 1, np.bool_)
        present[self._group[rows]] = True
        found: Bools = among & present[self._group]
        return found

    def tries(self, before: Layer, follow: Follow) -> Tries:
        """Moves after the paths of a layer."""
        labels, moves, parent, move = before.labels, self.moves, follow.parent, follow.move
        education = labels.education[parent]
        awarded = moves.education_awarded[move]
        rung = np.maximum(moves.rung[move], RUNG[np.maximum(education, awarded)])
        opening, jobs = self.openings.chosen[moves.jobs[move], rung], self.openings.jobs
        pays = self.stacking.pays_more(
            jobs.opened[opening],
            jobs.wage[opening],
            jobs.entry_wage[opening],
            labels.wage[parent],
            labels.entry_wage[parent],
        )
        on_ramp = self._required[move] | ((awarded > education) & (education > 0))
        ready = labels.weeks[parent] + follow.wait + moves.weeks[move] + moves.exam_weeks[move]
        return Tries(
            follow=follow,
            opening=opening,
            pays=pays,
            cost_low=labels.cost_low[parent] + moves.cost_low_after(labels.account_low[parent], move),
            better_pay_after=np.minimum(labels.better_pay_after[parent], ready),
            lacks_schooling=self.stacking.lacks_schooling(education, moves.education_required[move]),
            too_long=ready > self.config.max_weeks,
            leads_nowhere=~(pays | on_ramp),
        )

    def extended(self, before: Layer, tries: Tries, concerns: Ints) -> Layer:
        """The labels of the paths with the moves tried; `concerns` are how many each move has."""
        parent, move = tries.follow.parent, tries.follow.move
        moves = replace(self.moves.take(move), concerns=concerns[move])
        jobs = self.openings.jobs.take(tries.opening)
        return Layer(
            labels=self.extender.extend_all(before.labels.take(parent), moves, jobs, tries.follow.wait),
            parent=parent,
            move=move,
            wait=tries.follow.wait,
            opening=tries.opening,
            is_goal=jobs.is_goal,
            owed=np.where(tries.pays, NOTHING_OWED, moves.award),
            gained=np.column_stack([before.gained[parent], moves.award]),
            learning=np.column_stack([before.learning[parent], self._learning[move]]),
        )

    def first(self, rows: Ints, concerns: Ints) -> Layer:
        """The layer of some moves as the first of a path, with the concerns of a screening."""
        layer = self.first_layer.take(rows)
        return replace(layer, labels=replace(layer.labels, concerns=concerns[rows]))
