"""Out-of-pocket ranges of all programs at once: `out_of_pocket_range` as array arithmetic.

The program's part of each rule (lengths, lists, academic years) hangs on the law of the day alone, so it is worked out
once; a person then costs a few array operations, however many programs there are. Both give the same cents, by test.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.eligibility.kleene import Truth
from matching.eligibility.offers import (
    LengthRules,
    Offer,
    academic_years,
    long_enough_for_pell,
    short_enough_for_workforce_pell,
)
from matching.eligibility.terms import FundingTerms, StepCosts

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.int8]

# Kleene's values in the order in which "and" is the smaller of two.
_FALSE, _UNKNOWN, _TRUE = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class PriceTable:
    """The money side of programs, a row each. NaN is not known."""

    total_usd: Floats
    school_bill_usd: Floats
    academic_years: Floats
    pell: Truths
    workforce_pell: Truths
    listed: Truths
    in_demand: Truths
    weeks: Floats
    nurse_aide: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, costs: Sequence[StepCosts], offers: Sequence[Offer], lengths: LengthRules) -> "PriceTable":
        """The table of programs under the lengths in force on a day."""
        return cls(
            total_usd=_floats([c.known_usd for c in costs]),
            school_bill_usd=_floats(
                [None if c.tuition_usd is None else c.tuition_usd + (c.books_usd or 0.0) for c in costs]
            ),
            academic_years=_floats([academic_years(o, lengths) for o in offers]),
            pell=_both(_truths([o.pell for o in offers]), _truths([long_enough_for_pell(o, lengths) for o in offers])),
            workforce_pell=_truths([short_enough_for_workforce_pell(o, lengths) for o in offers]),
            listed=_truths([o.on_provider_list for o in offers]),
            in_demand=_truths([o.in_demand for o in offers]),
            weeks=_floats([o.weeks for o in offers]),
            nurse_aide=np.array([o.nurse_aide for o in offers], dtype=np.bool_),
        )

    def ranges(self, terms: FundingTerms) -> tuple[Floats, Floats]:
        """Lowest and highest out-of-pocket price of each program for one person, with nothing used of the account."""
        award = self._award(terms)
        pell = np.minimum(self.pell, _code(terms.pell))
        # No approved list is held here, so the best that Workforce Pell comes to is "unknown".
        workforce = np.minimum(self.workforce_pell, min(_code(terms.workforce_pell), _UNKNOWN))
        capped = np.fmin(self.school_bill_usd, award)  # an award that is not known may pay the whole bill
        grant_possible = np.where((pell == _FALSE) & (workforce == _FALSE), 0.0, capped)
        grant_certain = np.where((pell == _TRUE) & ~np.isnan(award), capped, 0.0)

        account = self._account(terms)
        cap = np.inf if terms.cap_usd is None else terms.cap_usd
        low, high = self.total_usd - grant_possible, self.total_usd - grant_certain
        low = low - np.where(account == _FALSE, 0.0, np.minimum(low, cap))
        if terms.cap_usd is not None:
            high = high - np.where(account == _TRUE, np.minimum(high, cap), 0.0)
        others = np.full(len(low), terms.other_streams_open)
        if terms.nurse_aide_rule is not None:
            others |= self.nurse_aide
        low = np.where(others & ~np.isnan(low), 0.0, low)
        return np.round(low, 2), np.round(high, 2)

    def _award(self, terms: FundingTerms) -> Floats:
        maximum = np.nan if terms.pell_maximum is None else terms.pell_maximum.value
        return maximum * self.academic_years

    def _account(self, terms: FundingTerms) -> Truths:
        account = np.full(len(self.total_usd), _code(terms.wioa), dtype=np.int8)
        if terms.provider_list_required:
            account = np.minimum(account, self.listed)
        if terms.account_length_limit is not None:
            within = np.where(self.weeks <= terms.account_length_limit.value, _TRUE, _FALSE)
            account = np.minimum(account, np.where(np.isnan(self.weeks), _UNKNOWN, within))
        demand = self.in_demand if terms.demand_list_known else np.full_like(self.in_demand, _UNKNOWN)
        return _both(account, demand)


def _code(value: Truth) -> int:
    return _UNKNOWN if value is None else _TRUE if value else _FALSE


def _truths(values: Sequence[Truth]) -> Truths:
    return np.array([_code(value) for value in values], dtype=np.int8)


def _both(one: Truths, other: Truths) -> Truths:
    return np.minimum(one, other).astype(np.int8)


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
