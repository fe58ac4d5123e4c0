"""Who trains how many: institutions, their completers, and the occupations of registered apprenticeship."""

from taxonomy.frozen import frozen


@frozen
class Institution:
    """A postsecondary institution of the federal directory."""

    unit_id: str  # IPEDS UNITID
    name: str
    city: str
    state: str
    zip: str | None
    county: str | None
    cbsa: str | None
    control: str | None  # public | private_non_profit | private_for_profit
    latitude: float | None
    longitude: float | None
    release: str


@frozen
class Completion:
    """Awards below the bachelor's degree that an institution gave in one field of study and one year."""

    unit_id: str
    cip_code: str
    # certificate_under_12_weeks | certificate_under_1_year | certificate_1_to_2_years | certificate_2_to_4_years |
    # associate
    award: str
    awards: int  # first majors
    year: int  # the academic year's end
    release: str


@frozen
class ApprenticeshipOccupation:
    """An occupation the Office of Apprenticeship recognises. Several titles may share one RAPIDS code."""

    rapids_code: str
    title: str
    kind: str  # time_based | competency_based | hybrid
    term_hours_min: int | None  # hours of paid work; None where competency, not time, ends it
    term_hours_max: int | None
    onet_codes: tuple[str, ...]  # today's codes; several where the listed one was split
    onet_code_listed: str
    release: str
