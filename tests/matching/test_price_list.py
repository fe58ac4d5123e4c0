"""Prices of all programs: a board's own demand list and account cap reach them."""

from dataclasses import replace
from datetime import date

import numpy as np

from matching.eligibility.law import Law
from matching.eligibility.offers import Offer
from matching.eligibility.prices import Bills
from matching.eligibility.screening import screen
from matching.eligibility.terms import FundingTerms, funding_terms, out_of_pocket_range
from matching.price_list import course_costs, jobs_of
from matching.seeker import Constraints, EligibilityFacts, Seeker
from matching.world import World

TODAY = date(2026, 11, 22)
# WIOA adult appears due, and every stream that may pay an amount nobody knows appears closed.
SEEKER = Seeker(
    education_level="bachelor",
    constraints=Constraints(work_authorized=True),
    eligibility=EligibilityFacts(
        birth_year=1990, selective_service_compliant=True, snap=False, tanf=False, veteran=False, dislocated=False
    ),
)
AIDE = "31-1131.00"


def terms_with(world: World, **amounts: float) -> FundingTerms:
    rows = world.snapshot.table("parameters")
    like = replace(rows[0], area="TX:ALAMO", effective_from="2026-07-01", effective_to=None, verified=True)
    law = Law((*rows, *(replace(like, id=name, value=value) for name, value in amounts.items())))
    return funding_terms(SEEKER, screen(SEEKER, law, TODAY, "TX:ALAMO"), law, TODAY, "TX:ALAMO")


def test_the_account_surely_pays_only_for_jobs_on_the_boards_list(starter_world: World) -> None:
    listed = terms_with(starter_world, **{"ita.cap": 500.0, f"demand.{AIDE}": 1.0})
    silent = terms_with(starter_world, **{"ita.cap": 500.0})

    every = np.arange(len(starter_world.catalog.programs.records))
    with_list = starter_world.prices.out_of_pocket(listed, every).high
    without = starter_world.prices.out_of_pocket(silent, every).high

    cheaper = np.flatnonzero(with_list < without)
    assert len(cheaper)
    assert all(AIDE in jobs_of(starter_world.catalog, int(row)) for row in cheaper)
    assert np.all(with_list <= without + 0.005)


def test_a_course_without_an_exam_costs_what_the_rule_for_one_program_says(starter_world: World) -> None:
    terms = terms_with(starter_world, **{"ita.cap": 500.0, f"demand.{AIDE}": 1.0})

    prices = starter_world.prices.out_of_pocket(terms, np.arange(len(starter_world.catalog.programs.records)))

    compared = 0
    for row, program in enumerate(starter_world.catalog.programs.records):
        if program.tuition_usd is None or program.credential_id is not None:
            continue
        offer = Offer.of(program, in_demand=terms.in_demand(jobs_of(starter_world.catalog, row)))
        assert (prices.low[row], prices.high[row]) == out_of_pocket_range(course_costs(program), offer, terms)
        compared += 1
    assert compared


def test_the_bills_of_all_courses_are_those_of_each_alone(starter_world: World) -> None:
    catalog = starter_world.catalog
    programs = catalog.programs.records

    each = Bills.of((course_costs(program), Offer.of(program)) for program in programs)

    courses = starter_world.prices.bills.take(np.arange(len(programs)))
    for name in Bills.__slots__:
        np.testing.assert_array_equal(getattr(courses, name), getattr(each, name), name)


def test_a_program_costs_the_same_whichever_others_are_asked_about(starter_world: World) -> None:
    terms = terms_with(starter_world, **{"ita.cap": 500.0, f"demand.{AIDE}": 1.0})
    every = np.arange(len(starter_world.catalog.programs.records))
    some = every[1::3]

    few, all_prices = starter_world.prices.out_of_pocket(terms, some), starter_world.prices.out_of_pocket(terms, every)

    assert np.array_equal(few.low, all_prices.low[some])
    assert np.array_equal(few.high, all_prices.high[some])
    assert np.array_equal(few.account_high, all_prices.account_high[some])
