"""What living costs where: child care and the income limits of housing programs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChildCareRate:
    """The most a workforce board pays a child-care provider for one child and day."""

    state: str
    board: str  # as in `Zip.board`
    provider_type: str  # licensed_center | licensed_home | registered_home | relative
    rating: str  # the list's own code of quality: REG, TSR, TRS2 ... TRS4
    age_group: str  # "0_11m", "12_17m", "18_23m", "2yr", "3yr", "4yr", "5yr", "6_13yr"
    care: str  # full_time | part_time
    usd_per_day: float
    effective_year: int
    release: str


@dataclass(frozen=True, slots=True)
class IncomeLimit:
    """HUD's income limits of a county, for families of one to eight persons. The newest year of the list."""

    county_fips: str
    year: int
    median_family_income_usd: int
    extremely_low_usd: tuple[int, ...]
    very_low_usd: tuple[int, ...]
    low_usd: tuple[int, ...]
    release: str
