"""The parts of an answer that speak of the household: benefits a wage may cost, and what the family needs to live."""

from taxonomy.frozen import frozen


@frozen
class BenefitAtRisk:
    """A benefit the household receives whose income limit the pay of an exit may cross.

    `status`: above_limit (this pay alone, full time, is above it) | may_be_above (with what others of the household
    earn) | limit_unknown. Money is in US dollars a year.
    """

    benefit: str  # snap | medicaid | child_care_subsidy
    status: str
    limit_usd_per_year: float | None
    pay_usd_per_year: float
    household_size: int | None
    citation: str
    effective_from: str | None
    checked_on: str | None
    sentence: str


@frozen
class LivingCost:
    """One part of what a family needs, US dollars a year."""

    name: str  # child_care | ...
    usd_per_year: float
    source: str
    year: int


@frozen
class SelfSufficiency:
    """The hourly wage, for each adult at full time, on which the household can live without help.

    `basis`: board (the board's own file gives it) | unknown. `parts` are costs that are known all the same; `missing`
    names those nobody here knows, so that no sum of parts is taken for the whole.
    """

    wage_usd_per_hour: float | None
    basis: str
    adults: int | None
    children: int
    citation: str | None
    effective_from: str | None
    parts: tuple[LivingCost, ...]
    missing: tuple[str, ...]
    sentence: str
