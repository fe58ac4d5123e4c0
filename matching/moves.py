"""What the stages hand each other: the person as understood, the moves open to them, and the paths found."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matching.places import AreaWages
from taxonomy.places import Zip

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Person:
    """The seeker, with words turned to codes. `education` 0 and `usual_wage` basis "estimate" mean not stated."""

    place: Zip | None
    wages: AreaWages
    education: int
    held: frozenset[str]
    worked_months: dict[int, float]  # by occupation row
    usual_wage: float
    usual_wage_basis: str  # stated | occupation_median | estimate
    usual_occupation: int | None
    age: int | None
    goal_occupations: frozenset[int]
    better_pay_within: float  # weeks, hard limit; infinite when none is set
    most_out_of_pocket: float  # US dollars over the whole plan, hard limit


@dataclass(frozen=True, slots=True)
class Opening:
    """A job a move opens to people on a rung of schooling, and the wage a newcomer from that rung is counted at."""

    occupation: int
    wage: float  # US dollars an hour: the area's 25th percentile, or the 10th when `cautious`
    entry_wage: float  # the 25th percentile in any case, for comparing jobs like with like
    learning_wage: float  # the 10th percentile: what an apprentice is counted at
    rung: int  # least rung of schooling (taxonomy.codes.Education.rung)
    basis: str  # what ties the program to the job: credential | declared | crosswalk
    confidence: float  # that the program leads to this job
    cautious: bool = False  # the newcomer lacks schooling or experience the job usually asks for


@dataclass(frozen=True, slots=True)
class Rate:
    """A beta-distributed chance."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.alpha / (self.alpha + self.beta)


@dataclass(frozen=True, slots=True)
class Move:
    """One way to earn one credential: a program, with or without a support beside it.

    Numbers are what the search counts with: where a list is silent they are the cautious stand-in that
    `concerns` and the step's checks confess to.
    """

    award: str  # credential id, or "program:<id>" when the credential is not known
    program: int  # row of the program
    kind: str  # training | apprenticeship
    support: int | None  # row of the support beside the course
    weeks: float
    exam_weeks: float
    hours_per_week: float | None
    cost_low: float  # out of pocket, US dollars, if all funding that may pay does
    cost_high: float  # out of pocket counting only what is known
    completion: Rate
    employment: Rate
    evidence: int  # rank of the tier, 0 strongest
    concerns: tuple[str, ...]  # hard constraints it may break and soft ones it does
    openings: tuple[Opening, ...]  # plainest first
    education_required: int
    education_awarded: int
    rung: int  # rung of schooling a finisher stands on
    sectors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Path:
    """A sequence of moves with what it adds up to. Equal to a label of the search when it ends in a job."""

    moves: tuple[Move, ...] = ()
    openings: tuple[Opening | None, ...] = ()  # the job each move opened, or None
    waits: tuple[float, ...] = ()  # weeks of required work before each move
    gained: frozenset[str] = field(default_factory=frozenset)
    education: int = 0
    weeks: float = 0.0
    cost_low: float = 0.0
    cost_high: float = 0.0
    chance: float = 1.0  # of having completed every move
    value: float = 0.0  # expected US dollars over the horizon if the path ends here
    gain_per_week: float = 0.0  # expected extra pay in the present job of the path
    wage: float = 0.0  # hourly wage of that job as counted, 0 before any
    entry_wage: float = 0.0  # and its 25th percentile
    better_pay_after: float = float("inf")  # weeks
    owed: str | None = None  # award of a last move that only pays off through one that requires it
    evidence: int = 99  # weakest tier rank of any move
    concerns: int = 0

    @property
    def criteria(self) -> tuple[float, float, float, float, float]:
        """What plans are compared by, smaller is better: time, money, minus value, evidence, concerns."""
        return (self.better_pay_after, self.cost_high, -self.value, self.evidence, self.concerns)


@dataclass(slots=True)
class Found:
    """All paths no other beats, and what was rejected and why."""

    paths: list[Path] = field(default_factory=list)
    rejected: dict[str, set[int]] = field(default_factory=dict)  # rows of programs no path could take, by reason
    labels: int = 0
    dominated: int = 0


@dataclass(slots=True)
class Screening:
    """Verdicts over all programs: the first constraint that rules each out, and the concerns of those left."""

    miles: Floats
    hours_per_week: Floats
    out: list[str | None]
    concerns: list[list[str]]
    counts: Counter[str] = field(default_factory=Counter)

    def rule_out(self, code: str, which: Bools) -> None:
        """Take programs out for a reason; the first reason stays."""
        for row in np.flatnonzero(which):
            self.rule_out_row(code, int(row))

    def rule_out_row(self, code: str, row: int) -> None:
        """Take one program out for a reason; the first reason stays."""
        if self.out[row] is None:
            self.out[row] = code
            self.counts[code] += 1

    def question(self, code: str, which: Bools) -> None:
        """Note a concern on programs."""
        for row in np.flatnonzero(which):
            self.concerns[row].append(code)

    @property
    def open_rows(self) -> list[int]:
        """Programs nothing rules out."""
        return [row for row, code in enumerate(self.out) if code is None]
