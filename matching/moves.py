"""What the stages hand each other: the person as understood, the moves open to them, and the paths found."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from matching.demand import NO_LISTS, DemandLists
from matching.job_quality import JobQuality
from matching.outlook import AreaOutlook
from matching.places import AreaWages
from matching.travel import Journeys
from taxonomy.frozen import frozen
from taxonomy.places import Zip

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@frozen
class Person:
    """The seeker, with words turned to codes. `education` 0 and `usual_wage` basis "estimate" mean not stated."""

    place: Zip | None
    wages: AreaWages
    outlook: AreaOutlook
    job_quality: JobQuality
    education: int
    held: frozenset[str]
    worked_months: dict[int, float]  # by occupation row
    usual_wage: float
    usual_wage_basis: str  # stated | dated | occupation_median | estimate
    usual_occupation: int | None
    age: int | None
    goal_occupations: frozenset[int]
    better_pay_within: float  # weeks, hard limit; infinite when none is set
    most_out_of_pocket: float  # US dollars over the whole plan, hard limit
    demand_lists: DemandLists = NO_LISTS
    doubtful: frozenset[int] = frozenset()  # of the occupations worked in, those whose reading is to be confirmed
    unnamed: tuple[str, ...] = ()  # names of credentials that past work goes with, where none that fits was named

    def in_demand(self, growth_pct: float, openings: int) -> Bools:
        """Jobs in demand: not projected to shrink, or with many openings all the same, or on a list in force here."""
        return self.outlook.in_demand(growth_pct, openings) | self.demand_lists.listed


@frozen
class Opening:
    """A job a move opens to people on a rung of schooling, and the wage a newcomer from that rung is counted at."""

    occupation: int
    wage: float  # US dollars an hour: the area's 25th percentile, or the 10th when `cautious`
    entry_wage: float  # the 25th percentile in any case, for comparing jobs like with like
    learning_wage: float  # the 10th percentile: what an apprentice is counted at
    rung: int  # least rung of schooling (taxonomy.codes.Education.rung)
    basis: str  # what ties the program to the job: credential | declared | classified | crosswalk
    confidence: float  # that the program leads to this job
    cautious: bool = False  # the newcomer lacks schooling or experience the job usually asks for

    def learning_pay(self, usual_wage: float) -> float:
        """Hourly pay an apprentice is counted at: lists state none, so the lower of usual pay and 10th percentile."""
        return min(usual_wage, self.learning_wage)


@frozen
class Ready:
    """A job that is open without a move, and the credential that opens it; None: the person has done the work."""

    opening: Opening
    credential: str | None


@frozen
class Rate:
    """A beta-distributed chance."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.alpha / (self.alpha + self.beta)


@frozen
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
    hours_known: bool = True  # False: the hours a week are the stand-in
    # What the costs above count on from the board's training account. A plan has one account: see `Path.cost_of`.
    account_low: float = 0.0
    account_high: float = 0.0
    account_cap: float = float("inf")


@frozen
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
    account_low: float = 0.0  # counted on from the training account so far, as in the moves
    account_high: float = 0.0

    def cost_of(self, move: Move) -> tuple[float, float]:
        """What a move costs after this path, low and high: what the training account no longer holds is added."""
        return (
            move.cost_low + max(0.0, self.account_low + move.account_low - move.account_cap),
            move.cost_high + max(0.0, self.account_high + move.account_high - move.account_cap),
        )

    @property
    def criteria(self) -> tuple[float, float, float, float, float]:
        """What plans are compared by, smaller is better: time, money, minus value, evidence, concerns."""
        return (self.better_pay_after, self.cost_high, -self.value, self.evidence, self.concerns)


@dataclass(slots=True)
class Found:
    """All paths no other beats, and what was rejected and why."""

    paths: list[Path] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)  # programs no path could take, with the first reason met
    hindered: frozenset[str] = frozenset()  # every reason for which some path could not take some program
    labels: int = 0
    dominated: int = 0


# Reasons that are noted once a program's price and jobs are known, and so after screening.
AFTER_SCREENING = ("no_known_job", "max_out_of_pocket_usd", "shorter_way")

# Concerns in the order they are told.
CONCERNS = (
    "distance",
    "travel_time",
    "modality",
    "schedule",
    "study_hours_per_week",
    "must_earn_while_training",
    "language",
    "no_variable_hours",
    "no_overnight_travel",
    "max_out_of_pocket_usd",
    "drivers_license",
    "support_admission",
    "basic_skills",
    "short_for_degree",
)
_BIT = {code: np.int64(1 << place) for place, code in enumerate(CONCERNS)}


def concerns_in(bits: int) -> tuple[str, ...]:
    """The concerns a set of bits stands for."""
    return tuple(code for place, code in enumerate(CONCERNS) if bits >> place & 1)


class Screening:
    """Verdicts over all programs: every constraint against each, the first of which rules it out, and the concerns."""

    __slots__ = ("_against", "_reasons", "concerns", "hours_per_week", "journeys", "miles")

    def __init__(self, miles: Floats, hours_per_week: Floats, journeys: Mapping[str, Journeys]) -> None:
        self.miles = miles
        self.journeys = journeys  # by mode
        self.hours_per_week = hours_per_week
        self.concerns: Ints = np.zeros(len(miles), np.int64)  # a bit for each of CONCERNS
        self._reasons: list[str] = []
        self._against: Ints = np.zeros(len(miles), np.int64)  # a bit for each of the reasons, in the order they came

    def rule_out(self, code: str, which: Bools) -> None:
        """Take programs out for a reason; the first reason stays."""
        np.bitwise_or(self._against, self._bit(code), out=self._against, where=which)

    def rule_out_rows(self, code: str, rows: Sequence[int] | Ints) -> None:
        """The same for programs by their rows."""
        if len(rows):
            self._against[rows] |= self._bit(code)

    def question(self, code: str, which: Bools | Ints) -> None:
        """Note a concern on programs."""
        self.concerns[which] |= _BIT[code]

    def without(self, *codes: str) -> "Screening":
        """The verdicts but for some constraints, as if nobody had looked at them."""
        rest = Screening(self.miles, self.hours_per_week, self.journeys)
        rest._reasons = [*self._reasons]
        rest._against = self._against & ~self._bits(codes)
        rest.concerns = self.concerns & ~sum(int(_BIT[code]) for code in codes if code in _BIT)
        return rest

    def reason(self, row: int) -> str | None:
        """What ruled a program out, or None."""
        against = int(self._against[row])
        return self._reasons[_lowest(against)] if against else None

    @property
    def out(self) -> list[str | None]:
        """What ruled each program out, or None."""
        return [self._reasons[_lowest(against)] if against else None for against in self._against.tolist()]

    @property
    def counts(self) -> Counter[str]:
        """How many programs each reason was the first to take out."""
        first = self._against & -self._against
        counts = {code: int(np.count_nonzero(first == 1 << place)) for place, code in enumerate(self._reasons)}
        return Counter({code: count for code, count in counts.items() if count})

    @property
    def open(self) -> Bools:
        """Whether nothing rules a program out."""
        is_open: Bools = self._against == 0
        return is_open

    @property
    def open_rows(self) -> Ints:
        """Programs nothing rules out."""
        return np.flatnonzero(self.open)

    def rows_within(self, codes: Collection[str]) -> Ints:
        """Programs nothing rules out but one of some constraints, or nothing at all."""
        against = self._against & ~self._bits(codes)
        alone = self._against & (self._against - 1) == 0
        return np.flatnonzero((against == 0) & alone)

    def is_wider_than(self, other: "Screening") -> bool:
        """Whether all is open that other verdicts leave open."""
        return bool(self.open[other.open].all())

    def differs_from(self, other: "Screening") -> Bools:
        """Programs that other verdicts rule out, or have other concerns about."""
        differs: Bools = ~other.open | (self.concerns != other.concerns)
        return differs

    def examples(self, most: int) -> dict[str, list[int]]:
        """The first programs each reason took out."""
        first = self._against & -self._against
        return {code: np.flatnonzero(first == 1 << place)[:most].tolist() for place, code in enumerate(self._reasons)}

    def _bit(self, code: str) -> np.int64:
        if code not in self._reasons:
            self._reasons.append(code)
        return np.int64(1 << self._reasons.index(code))

    def _bits(self, codes: Collection[str]) -> int:
        return sum(1 << place for place, code in enumerate(self._reasons) if code in codes)


def _lowest(bits: int) -> int:
    """The place of the lowest bit set."""
    return (bits & -bits).bit_length() - 1
