"""What living costs where: child care, rents, the income limits of housing programs, and pay against a living wage."""

from taxonomy.frozen import frozen


@frozen
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


@frozen
class IncomeLimit:
    """HUD's income limits of a county, for families of one to eight persons. The newest year of the list."""

    county_fips: str
    year: int
    median_family_income_usd: int
    extremely_low_usd: tuple[int, ...]
    very_low_usd: tuple[int, ...]
    low_usd: tuple[int, ...]
    release: str


@frozen
class Rent:
    """HUD's fair market rent, utilities included, of a dwelling in an area."""

    area: str  # county: five digits of FIPS; town of New England: those and five more; zip: five digits
    area_kind: str  # county | town | zip
    bedrooms: int  # 0: an efficiency; 4: four or more
    year: int  # fiscal year
    usd_per_month: float
    release: str


@frozen
class WageRatio:
    """Average pay in a county as a share of what a family there needs: 1 is just enough. Not the living wage itself."""

    county_fips: str
    year: int
    ratio: float
    quality: int  # the publisher's mark: 1 strong, 2 marginal, 3 weak
    release: str
