"""The parts of an answer that speak of a job beside its pay, and of the way to class."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class TravelTime:
    """How long the way to class takes by one means, one way; None where nobody says."""

    mode: str  # car | transit | bicycle | walk
    minutes: float | None
    source: str | None
