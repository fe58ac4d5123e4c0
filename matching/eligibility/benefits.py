"""Benefits at risk: income limits of what the household receives, and the pay that may cross them.

Only what the person says the household receives is looked at. The limits are of gross income; what a household may
deduct, and how a benefit tapers off below its limit, is not worked out here, and the sentences say to ask.
"""

import math
from collections.abc import Callable
from datetime import date

from matching.answer_household import BenefitAtRisk
from matching.eligibility.case import Case
from matching.eligibility.income import poverty_line
from matching.wording import say
from taxonomy.frozen import frozen
from taxonomy.law import Parameter

_FULL_TIME_HOURS = 40.0 * 52.0
_MONTHS = 12


@frozen
class BenefitLimit:
    """The income limit of one benefit for one household; None where it is not known here."""

    benefit: str
    usd_per_year: float | None
    citation: str
    rows: tuple[Parameter, ...]
    household_size: int | None

    @property
    def is_federal(self) -> bool:
        """Whether it is the federal SNAP rule, in a state whose own limit is not on record."""
        return self.benefit == "snap" and any(r.id == "snap.gross_income_ratio" and r.area == "US" for r in self.rows)


_Limit = tuple[float, tuple[Parameter, ...]] | None


def benefit_limits(case: Case) -> tuple[BenefitLimit, ...]:
    """The limits of the benefits the household is said to receive."""
    facts, size = case.seeker.eligibility, case.seeker.household.size
    receives = {
        "snap": (facts.snap, _snap, "7 CFR 273.9(a)"),
        "medicaid": (facts.medicaid, _medicaid, "42 CFR 435.119"),
        "child_care_subsidy": (facts.child_care_subsidy, _child_care, "45 CFR 98.20(a)(2)"),
    }
    limits = []
    for benefit, (received, rule, citation) in receives.items():
        if received:
            found = None if size is None or size < 1 else rule(case, size)
            usd, rows = (None, ()) if found is None else found
            cited = "; ".join(dict.fromkeys(row.citation for row in rows)) or citation
            limits.append(BenefitLimit(benefit, usd, cited, rows, size))
    return tuple(limits)


def benefits_at_risk(limits: tuple[BenefitLimit, ...], case: Case) -> Callable[[float], tuple[BenefitAtRisk, ...]]:
    """What an hourly wage at full time puts at risk."""
    return lambda wage: tuple(risk for limit in limits for risk in _risks(limit, wage, case))


def _risks(limit: BenefitLimit, wage: float, case: Case) -> tuple[BenefitAtRisk, ...]:
    household = case.seeker.household
    pay = round(wage * _FULL_TIME_HOURS, 2)
    now = household.annual_income_usd
    if limit.usd_per_year is None:
        status, sentence = "limit_unknown", say(f"benefit.{limit.benefit}.limit_unknown")
    elif now is not None and now > limit.usd_per_year:
        return ()  # above the limit today as well: not this step's doing
    else:
        figures = {"pay": f"${pay:,.0f}", "limit": f"${limit.usd_per_year:,.0f}", "size": limit.household_size}
        # Many states let SNAP households earn more than the federal rule; which do is known here for a few.
        federal = "_federal" if limit.is_federal else ""
        if pay > limit.usd_per_year:
            status = "may_be_above" if federal else "above_limit"
            sentence = say(f"benefit.{limit.benefit}.above{federal or '_limit'}", **figures)
        elif (household.adults or 1) > 1:
            status, sentence = "may_be_above", say(f"benefit.{limit.benefit}.may_be_above{federal}", **figures)
        else:
            return ()
    return (
        BenefitAtRisk(
            benefit=limit.benefit,
            status=status,
            limit_usd_per_year=limit.usd_per_year,
            pay_usd_per_year=pay,
            household_size=limit.household_size,
            citation=limit.citation,
            effective_from=max((row.effective_from for row in limit.rows), default=None),
            checked_on=min((row.checked_on for row in limit.rows), default=None),
            sentence=sentence,
        ),
    )


def _snap(case: Case, size: int) -> _Limit:
    """Gross income of a month, as a share of the guideline in force when the fiscal year began, rounded up."""
    ratio = case.rules.get("snap.gross_income_ratio")
    # 7 CFR 273.9(a)(3): limits are adjusted each 1 October, and a twelfth is rounded up to the dollar.
    year = case.today.year if (case.today.month, case.today.day) >= (10, 1) else case.today.year - 1
    line = poverty_line(case, size, date(year, 10, 1))
    if ratio is None or line is None:
        return None
    usd, rows = line
    return float(math.ceil(round(ratio.value * usd / _MONTHS, 6)) * _MONTHS), (ratio, *rows)


def _medicaid(case: Case, size: int) -> _Limit:
    ratio = case.rules.get("medicaid.adult_income_ratio")
    line = poverty_line(case, size, case.today)
    if ratio is None or line is None:
        return None
    usd, rows = line
    return round(ratio.value * usd, 2), (ratio, *rows)


def _child_care(case: Case, size: int) -> _Limit:
    """The federal ceiling; a state may set a lower limit, and lets pay rise further once a child is in care."""
    names = ("family_of_four", "first_person", "each_to_six", "each_after_six")
    rows = [case.rules.get(f"state_median_income.{name}") for name in names]
    four, first, to_six, after_six = rows
    ratio = case.rules.get("child_care_subsidy.income_ratio")
    if ratio is None or four is None or first is None or to_six is None or after_six is None:
        return None
    share = first.value + to_six.value * (min(size, 6) - 1) + after_six.value * max(0, size - 6)
    return round(ratio.value * share * four.value, 2), (ratio, four, first, to_six, after_six)
