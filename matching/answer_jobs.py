"""The parts of an answer that speak of a job beside its pay, and of the way to class."""

from taxonomy.frozen import frozen


@frozen
class QualitySignal:
    """What is on record of one side of a job's quality. A status of "unknown" is shown, never left out.

    `status`: yes | no | unknown. `value` is US dollars an hour of a wage floor, per cent of workers under a union
    contract, or cases of injury of 10,000 workers; `about` says whose figure it is, which is seldom this job's alone.
    """

    kind: str  # variable_hours | overnight_travel | wage_standard | union_coverage | hazard
    status: str
    value: float | None
    compared_with: float | None
    about: str | None
    citation: str | None
    link: str | None
    effective_from: str | None
    effective_to: str | None
    checked_on: str | None
    verified: bool | None
    sentence: str


@frozen
class TravelTime:
    """How long the way to class takes by one means, one way; None where nobody says."""

    mode: str  # car | transit | bicycle | walk
    minutes: float | None
    source: str | None


@frozen
class RulePart:
    """One part of a rule about a job: a figure against the least it asks for, or a list. Unknown is shown too.

    `year` of a projection is its span, "2024-2034". Wages are in US dollars an hour, growth in per cent over the span,
    openings a year.
    """

    name: str  # median_of_all_work | household_need | growth | openings | board_list | state_list
    status: str  # yes | no | unknown
    value: float | None = None
    at_least: float | None = None
    area: str | None = None  # whose figures both are
    area_name: str | None = None
    year: str | None = None
    source: str | None = None  # id of the release, among the answer's sources
    citation: str | None = None
    link: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    checked_on: str | None = None


@frozen
class JobRule:
    """Whether a job counts as high-wage, or as in demand, with each part of the rule.

    High-wage: its middle wage is at least that of all work in the same area and year, and pay at the start is what the
    household needs, where that is known. In demand: it is not projected to shrink, or has many openings for the size of
    the area, or stands on a board's or a state's list in force.
    """

    rule: str  # high_wage | in_demand
    status: str  # yes | no | unknown
    parts: tuple[RulePart, ...]
    sentence: str
