"""Out-of-pocket ranges of many programs at once: the rules of `matching.eligibility.terms` over columns.

`shares_of` there is the rule; this is the same rule for the search, which asks for thousands of programs a person. A
test holds the two to the same cents for every combination of verdicts.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matching.eligibility.kleene import Truth
from matching.eligibility.offers import DEGREES, Offer
from matching.eligibility.terms import FundingTerms, StepCosts
from taxonomy.frozen import frozen, names_of
from taxonomy.law import Parameter

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Truths = npt.NDArray[np.int8]

# Kleene's logic as numbers: "and" is the lesser, "or" the greater.
FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)


@frozen
class Bills:
    """What steps cost and offer, as columns; NaN is not known, save that unknown books and exams add nothing."""

    tuition: Floats
    books: Floats
    exam: Floats
    pell: Truths
    degree: Bools
    course: Bools  # not an apprenticeship
    weeks: Floats
    clock_hours: Floats
    listed: Truths
    nurse_aide: Bools
    in_demand: Truths  # by the board's list; unknown where nobody has looked
    approved: Truths  # for Workforce Pell, by a list; unknown without one

    @classmethod
    def of(cls, steps: Iterable[tuple[StepCosts, Offer]]) -> "Bills":
        """The columns of steps."""
        rows = list(steps)
        offers = [offer for _, offer in rows]
        return cls(
            tuition=_floats(costs.tuition_usd for costs, _ in rows),
            books=np.nan_to_num(_floats(costs.books_usd for costs, _ in rows)),
            exam=np.nan_to_num(_floats(costs.exam_usd for costs, _ in rows)),
            pell=np.array([_number(o.pell) for o in offers], np.int8),
            degree=np.array([o.award in DEGREES for o in offers], np.bool_),
            course=np.array([o.kind == "training" for o in offers], np.bool_),
            weeks=_floats(o.weeks for o in offers),
            clock_hours=_floats(o.clock_hours for o in offers),
            listed=np.array([_number(o.on_provider_list) for o in offers], np.int8),
            nurse_aide=np.array([o.nurse_aide for o in offers], np.bool_),
            in_demand=truths(o.in_demand for o in offers),
            approved=truths(o.approved for o in offers),
        )

    def and_exams(self, fees: Floats) -> "Bills":
        """These steps, then the exam after each: its fee is its own, what is offered is the step's.

        Args:
            fees: of each exam, without a course, so without a school bill; NaN is not known.
        """
        nothing = np.zeros(len(fees))
        exams = replace(self, tuition=nothing, books=nothing, exam=np.nan_to_num(fees))
        return Bills(*(np.concatenate([getattr(self, name), getattr(exams, name)]) for name in names_of(self)))

    def take(self, rows: npt.NDArray[np.int64]) -> "Bills":
        """Some of the rows."""
        return Bills(*(getattr(self, name)[rows] for name in names_of(self)))


@frozen
class Charges:
    """What is left of each step before the training account: `matching.eligibility.terms.Bill` as columns."""

    low: Floats
    low_account: Floats
    high: Floats
    high_account: Floats

    def __add__(self, other: "Charges") -> "Charges":
        return Charges(
            self.low + other.low,
            self.low_account + other.low_account,
            self.high + other.high,
            self.high_account + other.high_account,
        )

    def take(self, rows: slice) -> "Charges":
        """Some of the rows."""
        return Charges(self.low[rows], self.low_account[rows], self.high[rows], self.high_account[rows])

    def where(self, which: Bools, low: float, high: Floats) -> "Charges":
        """These charges on some rows; on the others `low` and `high`, no part of which the account takes."""
        return Charges(
            np.where(which, self.low, low),
            np.where(which, self.low_account, 0.0),
            np.where(which, self.high, high),
            np.where(which, self.high_account, 0.0),
        )

    def from_account(self, cap_usd: float | None) -> tuple[Floats, Floats]:
        """What the account pays at most, and surely; a cap that is not known promises nothing."""
        if cap_usd is None:
            return self.low_account, np.zeros(len(self.high))
        return np.minimum(self.low_account, cap_usd), np.minimum(self.high_account, cap_usd)

    def range(self, cap_usd: float | None) -> tuple[Floats, Floats]:
        """What the person might pay for each step if the account pays for it alone."""
        possible, certain = self.from_account(cap_usd)
        return to_cents(self.low - possible), to_cents(self.high - certain)


def out_of_pocket_ranges(bills: Bills, terms: FundingTerms) -> tuple[Floats, Floats]:
    """Low and high of each step, as `out_of_pocket_range` gives them; NaN while the tuition is not known."""
    return charges_of(bills, terms).range(terms.cap_usd)


def charges_of(bills: Bills, terms: FundingTerms) -> Charges:
    """What is left of each step after grants, as `bill_of` gives it; NaN while the tuition is not known."""
    with np.errstate(invalid="ignore"):
        total = bills.tuition + bills.books + bills.exam
        pell = np.minimum(np.minimum(_number(terms.pell), bills.pell), _long_enough(bills, terms))
        workforce = np.minimum(np.minimum(_number(terms.workforce_pell), bills.approved), _short_enough(bills, terms))
        award = _award(bills, terms)
        school_bill = bills.tuition + bills.books
        granted = np.fmin(school_bill, award)  # an award that is not known may pay the whole bill
        possible = np.where((pell == FALSE) & (workforce == FALSE), 0.0, granted)
        certain = np.where((pell == TRUE) & ~np.isnan(award), granted, 0.0)
        free = np.bool_(terms.other_streams_open) | (bills.nurse_aide & (terms.nurse_aide_rule is not None))
        low = np.where(free & ~np.isnan(total), 0.0, _low(bills, terms, total, possible))
        high = total - certain
        account = _account(bills, terms)
    return Charges(low, np.where(account == FALSE, 0.0, low), high, np.where(account == TRUE, high, 0.0))


def _low(bills: Bills, terms: FundingTerms, total: Floats, granted: Floats) -> Floats:
    """What grants leave at best; a GI Bill tier leaves a course its share of the tuition and no more."""
    low: Floats = total - granted
    if terms.gi_bill_share is None:
        return low
    left = np.maximum(0.0, (1.0 - terms.gi_bill_share) * bills.tuition - granted)
    return np.where(bills.course, np.minimum(low, left), low)


def to_cents(dollars: Floats) -> Floats:
    """Dollars rounded to cents, as `round(x, 2)` does: numpy alone differs where the third decimal is a five."""
    rounded: Floats = np.round(dollars, 2)
    with np.errstate(invalid="ignore"):
        close = np.abs(np.abs(dollars - rounded) - 0.005) < 1e-6
    for row in np.flatnonzero(close):
        rounded[row] = round(float(dollars[row]), 2)
    return rounded


def _long_enough(bills: Bills, terms: FundingTerms) -> Truths:
    weeks, hours = terms.lengths.weeks_min, terms.lengths.clock_hours_min
    if weeks is None or hours is None:
        return np.where(bills.degree, TRUE, UNKNOWN)
    surely = (bills.weeks >= weeks.value) & (bills.clock_hours >= hours.value)
    by_length = np.where(bills.weeks < weeks.value, FALSE, np.where(surely, TRUE, UNKNOWN))
    return np.where(bills.degree, TRUE, by_length)


def _short_enough(bills: Bills, terms: FundingTerms) -> Truths:
    rules = terms.lengths
    weeks = _within(bills.weeks, rules.short_weeks_min, rules.short_weeks_below)
    hours = _within(bills.clock_hours, rules.short_hours_min, rules.short_hours_below)
    return np.where(bills.degree | ~bills.course, FALSE, np.minimum(weeks, hours))


def _within(values: Floats, low: Parameter | None, below: Parameter | None) -> Truths:
    if low is None or below is None:
        return np.full(len(values), FALSE)
    inside = (values >= low.value) & (values < below.value)
    return np.where(np.isnan(values), UNKNOWN, np.where(inside, TRUE, FALSE))


def _award(bills: Bills, terms: FundingTerms) -> Floats:
    year_weeks, year_hours = terms.lengths.year_weeks, terms.lengths.year_clock_hours
    if terms.pell_award_usd is None or year_weeks is None or year_hours is None:
        return np.full(len(bills.weeks), np.nan)
    years = np.fmin(bills.weeks / year_weeks.value, bills.clock_hours / year_hours.value)
    award: Floats = terms.pell_award_usd * years
    return award


def _account(bills: Bills, terms: FundingTerms) -> Truths:
    account = np.full(len(bills.weeks), _number(terms.wioa))
    if terms.provider_list_required:
        account = np.minimum(account, bills.listed)
    if terms.account_length_limit is not None:
        within = np.where(bills.weeks <= terms.account_length_limit.value, TRUE, FALSE)
        account = np.minimum(account, np.where(np.isnan(bills.weeks), UNKNOWN, within))
    return np.minimum(account, bills.in_demand if terms.demand_list_known else UNKNOWN)


def truths(values: Iterable[Truth]) -> Truths:
    """Kleene's values as numbers, in which "and" is the lesser."""
    return np.array([_number(value) for value in values], np.int8)


def _number(truth: Truth) -> np.int8:
    return UNKNOWN if truth is None else (TRUE if truth else FALSE)


def _floats(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], np.float64)
