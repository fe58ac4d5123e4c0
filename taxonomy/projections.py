"""Projected employment of occupations, by area."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaProjection:
    """What an agency projects for a SOC code in an area. Unknown is None."""

    soc_code: str  # as published; BLS and the states print some groups only ("31-1120")
    area: str  # "US", a state's postal code, or a CBSA code
    employment: int | None  # jobs in the base year
    projected_employment: int | None  # jobs in the target year
    growth_pct: float | None  # change of employment over the whole period, per cent
    openings_per_year: int | None  # all causes
    base_year: int
    target_year: int
    release: str
