"""Supportive services and needs-related payments in the stack of a step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from matching.answer import Funding
from matching.eligibility.law import Law
from matching.eligibility.screening import by_stream, screen
from matching.eligibility.supports import supports
from matching.eligibility.terms import funding_terms
from matching.seeker import Seeker
from taxonomy.law import Parameter

TODAY = date(2026, 11, 22)
READY = {"birth_year": 1990, "work_authorized": True, "selective_service_compliant": True}
Lines = Callable[..., dict[str, Funding]]


@pytest.fixture(scope="session")
def lines(rows: tuple[Parameter, ...], person: Callable[..., Seeker]) -> Lines:
    def build(*extra: Parameter, today: date = TODAY, **facts: object) -> dict[str, Funding]:
        law = Law((*rows, *extra))
        seeker = person(**facts)
        verdicts = screen(seeker, law, today, "TX:ALAMO")
        terms = funding_terms(seeker, verdicts, law, today, "TX:ALAMO")
        return {line.stream: line for line in supports(by_stream(verdicts), terms)}

    return build


def test_services_wait_for_the_finding_that_the_help_cannot_be_had_elsewhere(lines: Lines) -> None:
    services = lines(**READY)["supportive_services"]

    assert (services.status, services.missing) == ("needs_document", ("other_help",))
    assert {"transport", "child care"} <= set(services.covers)
    assert services.amount_usd is None


def test_who_may_not_be_served_by_wioa_is_shown_no_support(lines: Lines) -> None:
    assert lines(**{**READY, "work_authorized": False}) == {}


def test_before_the_regulation_there_are_no_supportive_services(lines: Lines) -> None:
    assert "supportive_services" not in lines(**READY, today=date(2016, 10, 17))


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"employment_status": "unemployed"}, True),
        ({"employment_status": "employed"}, False),
        ({"employment_status": "unemployed", "ui_claimant": True}, True),
        ({}, True),
    ],
)
def test_payments_for_living_costs_are_shown_to_those_who_may_get_them(
    lines: Lines, facts: dict[str, object], *, shown: bool
) -> None:
    found = lines(**READY, **facts)

    assert ("needs_related_payments" in found) is shown
    if shown:
        assert found["needs_related_payments"].covers == ("living costs",)
        assert found["needs_related_payments"].status != "appears_eligible"


def test_a_boards_own_budget_is_named(lines: Lines, rows: tuple[Parameter, ...]) -> None:
    budget = replace(
        rows[0],
        id="support.child_care",
        value=1_200.0,
        unit="USD per program year",
        area="TX:ALAMO",
        effective_from="2026-07-01",
        effective_to=None,
        verified=True,
    )

    note = lines(budget, **READY)["supportive_services"].note

    assert note == "The board's budget: child care up to $1,200 per program year."
