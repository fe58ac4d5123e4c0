"""Prices that cannot be true."""

from collections.abc import Callable

import pytest

from taxonomy.linking.costs import check_cost
from taxonomy.linking.listing import Listing

MakeListing = Callable[..., Listing]


def test_a_price_of_zero_at_a_college_is_unknown_not_free(listing: MakeListing) -> None:
    cost = check_cost(listing(tuition_usd=0.0, books_usd=0.0), "training")

    assert (cost.tuition_usd, cost.books_usd) == (None, None)
    assert [f.code for f in cost.findings] == ["zero_cost_claim"]


@pytest.mark.parametrize(("kind", "provider_kind"), [("apprenticeship", "other"), ("training", "private_non_profit")])
def test_apprenticeships_and_non_profits_may_be_free(listing: MakeListing, kind: str, provider_kind: str) -> None:
    cost = check_cost(listing(tuition_usd=0.0, books_usd=0.0, provider_kind=provider_kind), kind)

    assert (cost.tuition_usd, cost.books_usd, cost.findings) == (0.0, 0.0, ())


def test_books_may_be_included_in_a_real_tuition(listing: MakeListing) -> None:
    assert check_cost(listing(tuition_usd=4500.0, books_usd=0.0), "training").books_usd == 0.0


def test_forty_two_million_dollars_are_no_price(listing: MakeListing) -> None:
    cost = check_cost(listing(tuition_usd=41_984_198.0), "training")

    assert cost.tuition_usd is None
    assert [f.code for f in cost.findings] == ["absurd_cost"]


def test_a_price_nobody_gave_stays_unknown_without_a_finding(listing: MakeListing) -> None:
    cost = check_cost(listing(tuition_usd=None, books_usd=None), "training")

    assert (cost.tuition_usd, cost.books_usd, cost.findings) == (None, None, ())


def test_a_sponsors_course_at_zero_is_of_unknown_price(listing: MakeListing) -> None:
    cost = check_cost(listing(tuition_usd=0.0, books_usd=0.0, provider_kind="apprenticeship"), "training")

    assert cost.tuition_usd is None
