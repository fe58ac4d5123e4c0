"""Effects on pay in one unit, dollars a year, beside the unit the study used. Converted here and nowhere else.

Dollar years stay as they are: a year's dollars are named, never turned into another year's. A sum over several years is
spread evenly over them, a quarter is taken four times; both are readings of the estimate, so the original is always
shown with them.
"""

from taxonomy.studies import Effect

_QUARTERS = 4


def usd_per_year(effect: Effect) -> float | None:
    """An estimate of pay in dollars a year; None when it is no amount of pay, or its span is not known."""
    if effect.outcome != "earnings" or effect.estimate_usd is None:
        return None
    if effect.period == "quarter":
        return effect.estimate_usd * _QUARTERS
    if effect.period == "cumulative":
        return effect.estimate_usd / effect.follow_up_years if effect.follow_up_years else None
    return effect.estimate_usd
