"""Moves and labels as columns: what the search reads and writes in whole arrays."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen, names_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@frozen(eq=False)
class Prices:
    """What each of some programs with its exam leaves to one person, and what of the training account that counts on.

    A plan has one account: what earlier steps took of it is added to the price of a later one (`Path.cost_of`).
    """

    low: Floats  # if all that may pay does
    high: Floats  # counting only what is known
    account_low: Floats
    account_high: Floats
    account_cap: float  # infinite where no cap is known: then `high` counts on no account


@frozen(eq=False)
class MoveTable:
    """Moves as columns, a row each; `Move` says what the columns mean."""

    awards: tuple[str, ...]  # distinct awards, which `award` numbers
    award: Ints
    ruled: Bools  # some rule between credentials names the award
    program: Ints
    apprenticeship: Bools
    weeks: Floats
    exam_weeks: Floats
    hours_per_week: Floats
    cost_low: Floats
    cost_high: Floats
    account_low: Floats
    account_high: Floats
    account_cap: float
    completion: Floats
    employment: Floats
    evidence: Ints
    concerns: Ints  # how many
    education_required: Ints
    education_awarded: Ints
    rung: Ints
    sectors: Ints  # a bit each
    jobs: Ints  # group of openings

    def __len__(self) -> int:
        return len(self.award)

    def take(self, rows: Ints | Bools) -> "MoveTable":
        """Some of the moves."""
        return take(self, rows)

    def costs_after(self, before: "Labels") -> tuple[Floats, Floats]:
        """`Path.cost_of` for many paths, a row each."""
        if np.isinf(self.account_cap):
            return self.cost_low, self.cost_high
        return (
            self.cost_low + np.maximum(0.0, before.account_low + self.account_low - self.account_cap),
            self.cost_high + np.maximum(0.0, before.account_high + self.account_high - self.account_cap),
        )

    def cost_low_after(self, account_low: Floats, rows: Ints) -> Floats:
        """The low end of `Path.cost_of` for some of the moves, each after a path that counts on so much."""
        cost: Floats = self.cost_low[rows]
        if np.isinf(self.account_cap):
            return cost
        return cost + np.maximum(0.0, account_low + self.account_low[rows] - self.account_cap)


@frozen(eq=False)
class Jobs:
    """The job opened by each of some moves, as columns; all 0 where `opened` is not."""

    opened: Bools
    wage: Floats
    entry_wage: Floats
    learning_wage: Floats
    confidence: Floats
    is_goal: Bools

    def take(self, rows: Ints | Bools) -> "Jobs":
        """Some of the rows."""
        return take(self, rows)


@frozen(eq=False)
class Labels:
    """Partial paths as columns, a row each; `Path` says what the columns mean."""

    education: Ints
    weeks: Floats
    cost_low: Floats
    cost_high: Floats
    account_low: Floats
    account_high: Floats
    chance: Floats
    value: Floats
    gain_per_week: Floats
    wage: Floats
    entry_wage: Floats
    better_pay_after: Floats
    evidence: Ints
    concerns: Ints

    @classmethod
    def start(cls, education: int) -> "Labels":
        """The one label before any move."""
        none, zero = np.zeros(1), np.zeros(1, np.int64)
        never = np.full(1, np.inf)
        return cls(
            np.array([education]), none, none, none, none, none, np.ones(1), none, none, none, none, never, zero, zero
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.weeks)

    def take(self, rows: Ints | Bools) -> "Labels":
        """Some of the labels."""
        return take(self, rows)


T = TypeVar("T", MoveTable, Jobs, Labels)


def take(table: T, rows: Ints | Bools) -> T:
    """The same columns of some of the rows; what is no column stays."""
    columns: list[Any] = [getattr(table, name) for name in names_of(table)]
    taken: list[Any] = [c[rows] if isinstance(c, np.ndarray) else c for c in columns]
    return type(table)(*taken)
