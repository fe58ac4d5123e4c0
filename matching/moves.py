"""What the stages hand each other: the person as understood, the moves open to them, and the paths found."""

from dataclasses import dataclass, field

from matching.places import AreaWages
from taxonomy.places import Zip


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
    """A job a move opens: the wage a newcomer can expect there, and the education asked for besides."""

    occupation: int
    wage: float  # 25th percentile for the area, US dollars an hour
    learning_wage: float  # 10th percentile: what an apprentice is counted at
    education: int


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
    wage: float = 0.0  # hourly wage of that job, 0 before any
    better_pay_after: float = float("inf")  # weeks
    evidence: int = 99  # weakest tier rank of any move
    concerns: int = 0

    @property
    def criteria(self) -> tuple[float, float, float, float, float]:
        """What plans are compared by, smaller is better: time, money, minus value, evidence, concerns."""
        return (self.better_pay_after, self.cost_high, -self.value, self.evidence, self.concerns)
