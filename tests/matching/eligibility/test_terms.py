"""What a board's own file says of demand, caps and supports, as a search reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.eligibility.law import Law
from matching.eligibility.screening import screen
from matching.eligibility.terms import FundingTerms, funding_terms
from matching.seeker import Seeker
from taxonomy.law import Parameter

TODAY = date(2026, 11, 22)


@pytest.fixture
def terms(rows: tuple[Parameter, ...], person: Callable[..., Seeker]) -> Callable[..., FundingTerms]:
    def build(**amounts: float) -> FundingTerms:
        like = replace(rows[0], area="TX:ALAMO", effective_from="2026-07-01", effective_to=None, verified=True)
        law = Law((*rows, *(replace(like, id=name, value=value) for name, value in amounts.items())))
        return funding_terms(person(), screen(person(), law, TODAY, "TX:ALAMO"), law, TODAY, "TX:ALAMO")

    return build


@pytest.mark.parametrize(
    ("jobs", "value"),
    [(["31-1131.00"], True), (["29-2061.00", "31-1131.00"], True), (["29-2061.00"], False), ([], None)],
)
def test_a_program_is_in_demand_when_one_of_its_jobs_is_on_the_boards_list(
    terms: Callable[..., FundingTerms], jobs: list[str], *, value: bool | None
) -> None:
    assert terms(**{"demand.31-1131.00": 1.0}).in_demand(jobs) is value


def test_without_a_list_nothing_is_known_of_demand(terms: Callable[..., FundingTerms]) -> None:
    assert terms().in_demand(["31-1131.00"]) is None
    assert not terms().demand_list_known


def test_a_program_is_approved_for_workforce_pell_only_by_a_list(terms: Callable[..., FundingTerms]) -> None:
    with_list = terms(**{"workforce_pell.approved.tx-1-a": 1.0})

    assert (with_list.approved("tx-1-a"), with_list.approved("tx-1-b")) == (True, False)
    assert terms().approved("tx-1-a") is None


def test_a_boards_cap_and_budgets_are_read_and_a_missing_cap_is_not_zero(terms: Callable[..., FundingTerms]) -> None:
    known = terms(**{"ita.cap": 4_000.0, "support.transport": 300.0, "support.child_care": 900.0})

    assert known.cap_usd == 4_000.0
    assert [row.id for row in known.support_budgets] == ["support.child_care", "support.transport"]
    assert terms().cap_usd is None
