"""Projected employment of occupations, and those that States list as in demand, by area."""

from taxonomy.frozen import frozen


@frozen
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


@frozen
class DemandListing:
    """An occupation or a field of study on a state's list of those in demand; of one county, or of the state."""

    state: str
    county: str | None
    soc_codes: tuple[str, ...]  # SOC 2018; several where the listed one was split
    soc_code_listed: str | None
    cip_code: str | None
    title: str
    release: str
