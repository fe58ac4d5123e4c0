"""Numbers in sentences, written one way."""


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
