"""All programs at once give the cents that each gives alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility.offers import LengthRules, Offer
from matching.eligibility.prices import Bills, out_of_pocket_ranges
from matching.eligibility.terms import FundingTerms, StepCosts, out_of_pocket_range
from taxonomy.law import Parameter

TRUTH = st.none() | st.booleans()
MONEY = st.none() | st.floats(0, 40_000).map(lambda usd: round(usd, 2))


def amount(value: float) -> Parameter:
    return Parameter(
        "test.amount", value, "USD", "US", "2026-07-01", None, "-", "https://example.org", "2026-07-01", verified=True
    )


def optional(values: st.SearchStrategy[float]) -> st.SearchStrategy[Parameter | None]:
    return st.none() | values.map(amount)


LENGTHS = LengthRules(*(amount(value) for value in (15, 600, 30, 900, 8, 15, 150, 600)))
TERMS = st.builds(
    FundingTerms,
    pell=TRUTH,
    workforce_pell=TRUTH,
    wioa=TRUTH,
    other_streams_open=st.booleans(),
    gi_bill_share=st.sampled_from([None, 0.5, 0.8, 1.0]),
    pell_award_usd=st.sampled_from([None, 740.0, 7_395.0]),
    account_cap=optional(st.floats(500, 12_000).map(round)),
    account_length_limit=optional(st.sampled_from([26.0, 104.0])),
    nurse_aide_rule=optional(st.just(1.0)),
    provider_list_required=st.booleans(),
    demand_list=st.sampled_from([None, frozenset({"31-1131.00"})]),
    lengths=st.just(LENGTHS),
)
OFFER = st.builds(
    Offer,
    kind=st.sampled_from(["training", "apprenticeship"]),
    award=st.sampled_from([None, "college_certificate", "associate"]),
    pell=TRUTH,
    weeks=st.none() | st.floats(0.5, 120),
    clock_hours=st.none() | st.floats(4, 3000),
    on_provider_list=TRUTH,
    nurse_aide=st.booleans(),
    in_demand=TRUTH,
    approved=TRUTH,
)
PROGRAM = st.tuples(st.builds(StepCosts, MONEY, MONEY, MONEY), OFFER)


@given(terms=TERMS, programs=st.lists(PROGRAM, min_size=1, max_size=12))
def test_the_table_agrees_with_each_program_alone_to_the_cent(
    terms: FundingTerms, programs: list[tuple[StepCosts, Offer]]
) -> None:
    low, high = out_of_pocket_ranges(Bills.of(programs), terms)

    for row, (cost, offer) in enumerate(programs):
        alone = out_of_pocket_range(cost, offer, terms)
        if alone == (None, None):
            assert np.isnan(low[row])
            assert np.isnan(high[row])
        else:
            assert (low[row], high[row]) == alone
