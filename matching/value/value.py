"""Value: expected net earnings over the horizon, against what the person would earn otherwise.

For a path of moves k = 1..K, times in years from today, c completion, e employment times the confidence that the
program leads to the job, w the entry wage of the job a move opens, w0 the usual wage, G = hours a year, A(s, t) =
integral of exp(-r x) from s to t, P_k = c_1 ... c_k:

    V = sum_k P_(k-1) * [ - cost_k exp(-r s_k)                          unfunded cost
                          - displaced_k * pay_(k-1) * A(s_k, d_k)       earnings forgone while in class
                          + learning_k * A(s_k, d_k)                    pay while learning (apprenticeship)
                          + c_k * (gain_k - gain_(k-1)) * A(t_k, H) ]   higher pay from the exit to the horizon

with gain_k = max(gain_(k-1), e_k * max(0, w_k - w0) * G): a job that pays less than the one held is not taken. The
comparison is with full-time work at the usual wage from today on, which makes V cautious. Taxes, benefits and
inflation are left out, and the answer says so. A study's effect never enters here.
"""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.answer import Value, ValuePart
from matching.config import MatchConfig
from matching.moves import Move, Opening, Path, Rate
from matching.tables import Jobs, Labels, MoveTable
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SEED = 20260101


@frozen
class Valuation:
    """The person's side of the value: usual wage and the method's constants."""

    usual_wage: float  # US dollars an hour
    config: MatchConfig

    @property
    def horizon_weeks(self) -> float:
        """Weeks counted."""
        return self.config.horizon_years * self.config.weeks_per_year

    @property
    def weekly_rate(self) -> float:
        """Discount rate a week."""
        return self.config.discount_rate / self.config.weeks_per_year

    def weeks_discounted(self, start: float, end: float) -> float:
        """Present value, in weeks, of a dollar a week from `start` to `end`, weeks from today, cut at the horizon."""
        end = min(end, self.horizon_weeks)
        if end <= start:
            return 0.0
        r = self.weekly_rate
        return (math.exp(-r * start) - math.exp(-r * end)) / r

    def discount(self, week: float) -> float:
        """Present value of one dollar paid in `week`."""
        return math.exp(-self.weekly_rate * week)

    def displaced_hours(self, move: Move) -> float:
        """Hours of work a week that class displaces; an apprenticeship is the work itself and displaces all of it."""
        full = self.config.work_hours_per_week
        if move.kind == "apprenticeship":
            return full
        hours = move.hours_per_week if move.hours_per_week is not None else 0.0
        return min(full, max(0.0, hours + full - self.config.load_hours_per_week))

    def extend(self, path: Path, move: Move, opening: Opening | None, wait: float, concerns: int) -> Path:
        """The path with one more move, its value brought up to date."""
        hours = self.config.work_hours_per_week
        start = path.weeks + wait
        low, high = path.cost_of(move)
        done, ready = start + move.weeks, start + move.weeks + move.exam_weeks
        in_class = self.weeks_discounted(start, done)
        pay_now = self.usual_wage * hours + path.gain_per_week
        learning = hours * opening.learning_pay(self.usual_wage) if opening and move.kind == "apprenticeship" else 0.0
        gain = path.gain_per_week
        if opening:
            placed = move.employment.mean * opening.confidence
            gain = max(gain, placed * max(0.0, opening.wage - self.usual_wage) * hours)
        now = (
            -high * self.discount(start) - self.displaced_hours(move) / hours * pay_now * in_class + learning * in_class
        )
        later = move.completion.mean * (gain - path.gain_per_week) * self.weeks_discounted(ready, self.horizon_weeks)
        better = opening is not None and opening.wage >= self.usual_wage * (1.0 + self.config.minimum_gain)
        return Path(
            moves=(*path.moves, move),
            openings=(*path.openings, opening),
            waits=(*path.waits, wait),
            gained=path.gained | {move.award},
            education=max(path.education, move.education_awarded),
            weeks=ready,
            cost_low=path.cost_low + low,
            cost_high=path.cost_high + high,
            account_low=min(path.account_low + move.account_low, move.account_cap),
            account_high=min(path.account_high + move.account_high, move.account_cap),
            chance=path.chance * move.completion.mean,
            value=path.value + path.chance * (now + later),
            gain_per_week=gain,
            wage=max(path.wage, opening.wage) if opening else path.wage,
            entry_wage=max(path.entry_wage, opening.entry_wage) if opening else path.entry_wage,
            better_pay_after=min(path.better_pay_after, ready) if better else path.better_pay_after,
            owed=None,
            evidence=max(move.evidence, path.evidence) if path.moves else move.evidence,
            concerns=path.concerns + concerns,
        )

    def extend_all(self, before: Labels, moves: MoveTable, jobs: Jobs, wait: Floats) -> Labels:
        """`extend` for many paths at once, a row each."""
        hours = self.config.work_hours_per_week
        start = before.weeks + wait
        low, high = moves.costs_after(before)
        done, ready = start + moves.weeks, start + moves.weeks + moves.exam_weeks
        in_class = self._all_weeks_discounted(start, done)
        pay_now = self.usual_wage * hours + before.gain_per_week
        learns = jobs.opened & moves.apprenticeship
        learning = np.where(learns, hours * np.minimum(self.usual_wage, jobs.learning_wage), 0.0)
        placed = moves.employment * jobs.confidence
        gain = np.maximum(before.gain_per_week, placed * np.maximum(0.0, jobs.wage - self.usual_wage) * hours)
        now = (
            -high * np.exp(-self.weekly_rate * start)
            - self._all_displaced_hours(moves) / hours * pay_now * in_class
            + learning * in_class
        )
        to_horizon = self._all_weeks_discounted(ready, np.full(len(ready), self.horizon_weeks))
        later = moves.completion * (gain - before.gain_per_week) * to_horizon
        better = jobs.opened & (jobs.wage >= self.usual_wage * (1.0 + self.config.minimum_gain))
        return Labels(
            education=np.maximum(before.education, moves.education_awarded),
            weeks=ready,
            cost_low=before.cost_low + low,
            cost_high=before.cost_high + high,
            account_low=np.minimum(before.account_low + moves.account_low, moves.account_cap),
            account_high=np.minimum(before.account_high + moves.account_high, moves.account_cap),
            chance=before.chance * moves.completion,
            value=before.value + before.chance * (now + later),
            gain_per_week=gain,
            wage=np.maximum(before.wage, jobs.wage),
            entry_wage=np.maximum(before.entry_wage, jobs.entry_wage),
            better_pay_after=np.where(better, np.minimum(before.better_pay_after, ready), before.better_pay_after),
            evidence=np.maximum(before.evidence, moves.evidence),
            concerns=before.concerns + moves.concerns,
        )

    def raises(self, jobs: Jobs) -> Floats:
        """What each job would add to the usual pay, with the confidence that a program leads to it, $ a week."""
        raised: Floats = jobs.confidence * np.maximum(0.0, jobs.wage - self.usual_wage)
        return raised * self.config.work_hours_per_week

    def lasting(self, moves: MoveTable) -> Floats:
        """The share of a rise in pay that is left if a move has to be completed first, begun today.

        Begun later, less is left: what remains until the horizon shrinks faster than it is discounted.
        """
        ready = moves.weeks + moves.exam_weeks
        left = self._all_weeks_discounted(ready, np.full(len(moves), self.horizon_weeks))
        share: Floats = moves.completion * left / self.weeks_discounted(0.0, self.horizon_weeks)
        return share

    def most_value(self, labels: Labels, reach: Floats, completion: float) -> Floats:
        """The most that each path can come to be worth by what may follow, which brings at most a reach.

        Sound because nothing but higher pay adds to a value: class costs and displaces work, and an apprentice is
        counted at no more than the pay given up. However many moves, together they raise the pay to that of the best,
        each with no more than the greatest chance of completion, and no earlier than now; nor do they bring more than
        if all came with the first of them.

        Args:
            labels: the paths.
            reach: 2 x paths, as `Ground.further` gives it.
            completion: the greatest chance to complete any move.
        """
        to_horizon = self._all_weeks_discounted(labels.weeks, np.full(len(labels), self.horizon_weeks))
        rise = np.minimum(completion * np.maximum(0.0, reach[0] - labels.gain_per_week), reach[1])
        most: Floats = labels.value + labels.chance * rise * to_horizon
        return most

    def most_value_with(
        self, before: Labels, parent: Ints, moves: MoveTable, move: Ints, gain: Floats, reach: Floats
    ) -> Floats:
        """The same for paths with one more move, which brings at most a gain before what follows.

        All that is to come needs the move's completion and comes after it, and its cost falls due within the longest
        path there is.
        """
        rate, had = self.weekly_rate, before.gain_per_week[parent]
        ready = np.exp(-rate * before.weeks)[parent] * np.exp(-rate * (moves.weeks + moves.exam_weeks))[move]
        to_horizon = np.maximum(0.0, ready - self.discount(self.horizon_weeks)) / rate
        has = np.maximum(gain, had)
        rise = has - had + np.minimum(np.maximum(0.0, reach[0] - has), reach[1])
        due = moves.cost_high[move] * self.discount(self.config.max_weeks)
        most: Floats = before.value[parent] + before.chance[parent] * (moves.completion[move] * rise * to_horizon - due)
        return most

    def _all_weeks_discounted(self, start: Floats, end: Floats) -> Floats:
        rate, end = self.weekly_rate, np.minimum(end, self.horizon_weeks)
        return np.where(end <= start, 0.0, (np.exp(-rate * start) - np.exp(-rate * end)) / rate)

    def _all_displaced_hours(self, moves: MoveTable) -> Floats:
        full, load = self.config.work_hours_per_week, self.config.load_hours_per_week
        by_class = np.clip(moves.hours_per_week + full - load, 0.0, full)
        return np.where(moves.apprenticeship, full, by_class)

    def explain(self, path: Path) -> Value:
        """The path's value with its parts, rounded to cents so that they add up exactly, and its 10-90 % interval."""
        names = ("higher_pay", "pay_while_learning", "unfunded_cost", "earnings_forgone")
        rates = [(m.completion.mean, m.employment.mean) for m in path.moves]
        exact = self._parts(path, np.array([rates]), self._wages_at(path, None))
        cents = [round(float(x) * 100) for x in exact[0]]
        draws = self._parts(path, *self._draws(path)).sum(axis=1)
        low, high = np.quantile(draws, [0.1, 0.9])
        return Value(
            expected_usd=sum(cents) / 100,
            low_usd=round(min(float(low), sum(cents) / 100), 2),
            high_usd=round(max(float(high), sum(cents) / 100), 2),
            horizon_years=self.config.horizon_years,
            discount_rate=self.config.discount_rate,
            parts=tuple(ValuePart(n, c / 100) for n, c in zip(names, cents, strict=True)),
        )

    def _wages_at(self, path: Path, quantile: Floats | None) -> Floats:
        """Entry wage of each move's job, draws x moves; 0 where it opens none. `quantile` in [0, 1] runs p10..p25."""
        entry = np.array([o.wage if o else 0.0 for o in path.openings])
        if quantile is None:
            return entry[None, :]
        floor = np.array([o.learning_wage if o else 0.0 for o in path.openings])
        # Symmetric about the 25th percentile: as far above it as the 10th lies below.
        wages: Floats = entry[None, :] + (2.0 * quantile[:, None] - 1.0) * (entry - floor)[None, :]
        return wages

    def _draws(self, path: Path) -> tuple[Floats, Floats]:
        """Draws of (completion, employment) and wages; the seed is fixed so that equal input gives equal bytes."""
        generator = np.random.default_rng(_SEED)
        n = self.config.posterior_draws

        def sample(rate: Rate) -> Floats:
            return generator.beta(rate.alpha, rate.beta, n)

        rates = np.stack([np.stack([sample(m.completion), sample(m.employment)], axis=-1) for m in path.moves], axis=1)
        return rates, self._wages_at(path, generator.random(n))

    def _parts(self, path: Path, rates: Floats, wages: Floats) -> Floats:
        """The four parts, draws x 4, for rates of shape draws x moves x 2 and wages of shape draws x moves."""
        hours = self.config.work_hours_per_week
        parts = np.zeros((rates.shape[0], 4))
        chance, gain = np.ones(rates.shape[0]), np.zeros(rates.shape[0])
        week, before = 0.0, Path()
        for k, (move, opening, wait) in enumerate(zip(path.moves, path.openings, path.waits, strict=True)):
            start = week + wait
            week = start + move.weeks + move.exam_weeks
            in_class = self.weeks_discounted(start, start + move.weeks)
            completion, employment = rates[:, k, 0], rates[:, k, 1]
            new_gain = gain
            if opening:
                placed = employment * opening.confidence
                new_gain = np.maximum(gain, placed * np.maximum(0.0, wages[:, k] - self.usual_wage) * hours)
            if opening and move.kind == "apprenticeship":
                parts[:, 1] += chance * hours * opening.learning_pay(self.usual_wage) * in_class
            parts[:, 0] += chance * completion * (new_gain - gain) * self.weeks_discounted(week, self.horizon_weeks)
            parts[:, 2] -= chance * before.cost_of(move)[1] * self.discount(start)
            before = replace(before, account_high=min(before.account_high + move.account_high, move.account_cap))
            parts[:, 3] -= chance * self.displaced_hours(move) / hours * (self.usual_wage * hours + gain) * in_class
            chance, gain = chance * completion, new_gain
        return parts
