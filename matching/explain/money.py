"""Numbers in sentences, written one way."""

from matching.answer import Funding
from taxonomy.frozen import frozen


@frozen
class MoneyFacts:
    """What a move costs and who may pay: cost None when the list gives no price."""

    cost_usd: float | None
    funding: tuple[Funding, ...]
    out_of_pocket_usd: float | None
    low_usd: float | None
    high_usd: float | None
    questions: tuple[str, ...]


@frozen
class ExamFacts:
    """An exam's fee and who may pay it; None when the fee is not known."""

    cost_usd: float | None
    funding: tuple[Funding, ...]
    low_usd: float | None
    high_usd: float | None


@frozen
class Outlook:
    """One occupation's projection, and whose it is. `fallback`: not the person's own area's."""

    growth_pct: float | None
    openings_per_year: int | None
    area: str | None
    area_name: str | None
    years: str | None
    fallback: bool


def dollars(amount: float) -> str:
    """Whole dollars with thousands separators: "$1,250", "-$300"."""
    sign = "-" if round(amount) < 0 else ""
    return f"{sign}${abs(round(amount)):,}"


def hourly(wage: float) -> str:
    """An hourly wage to the cent: "$14.50"."""
    return f"${wage:,.2f}"


def cents(amount: float) -> float:
    """An amount rounded to the cent."""
    return round(amount, 2)


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 program", "12 programs"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
