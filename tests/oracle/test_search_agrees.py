"""The search against complete enumeration, on worlds small enough to enumerate."""

import sys
from dataclasses import replace
from pathlib import Path as FilePath

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.config import MatchConfig
from matching.moves import Move, Path, Rate
from matching.pathways.search import search
from matching.pathways.stacking import Stacking
from matching.pathways.widening import beyond
from matching.value.value import Valuation

sys.path.insert(0, str(FilePath(__file__).parent))  # import mode importlib leaves siblings out

from brute_force import every_plan, every_program_taken
from drawn import all_open, ground_of
from worlds import job, ladder, ladders, move, moves, stackings

CONFIG = MatchConfig()


def criteria(paths: list[Path]) -> set[tuple[float, ...]]:
    return {tuple(round(c, 6) for c in path.criteria) for path in paths}


def searched(listed: list[Move], stacking: Stacking) -> list[Path]:
    return search(ground_of(listed, stacking, CONFIG), all_open(listed), stacking.person).paths


def agree(listed: list[Move], stacking: Stacking) -> None:
    valuation = Valuation(stacking.person.usual_wage, CONFIG)
    assert criteria(searched(listed, stacking)) == criteria(every_plan(listed, stacking, valuation, CONFIG))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(moves(), stackings())
def test_the_search_finds_exactly_the_plans_that_enumeration_finds(listed: list[Move], stacking: Stacking) -> None:
    agree(listed, stacking)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(ladders())
def test_the_search_finds_long_ladders_and_the_short_courses_between(listed: list[Move]) -> None:
    agree(listed, ladder("a", "b", "c", "d", relation="recommended"))


def test_a_short_course_is_kept_for_what_may_follow_an_earlier_one() -> None:
    # Four weeks bring better pay for the two years of the last course, which stacks on the first and not on them.
    sure = Rate(999.0, 1.0)
    first = move("a", 0, weeks=16.0, openings=(job(0, 16.0),), completion=sure, employment=sure)
    between = move("b", 1, weeks=4.0, openings=(job(1, 20.0),), completion=sure, employment=sure)
    last = move("c", 2, weeks=104.0, openings=(job(2, 40.0),), completion=sure, employment=sure)
    rival = move("d", 3, weeks=16.0, openings=(job(3, 24.0),), completion=sure, employment=sure)
    usual = ladder("a", "b", "c", relation="recommended")

    plans = searched([first, between, last, rival], usual)

    assert [m.program for m in max(plans, key=lambda p: p.value).moves] == [0, 1, 2]
    agree([first, between, last, rival], usual)


def test_a_dearer_first_course_that_spares_the_training_account_is_kept_for_the_cheaper_ladder() -> None:
    # The first course is free by the account, or costs $400 without it; the second needs all the account holds.
    first = move("a", 0, cost_high=0.0, account_high=3_000.0, openings=(job(0, 20.0),))
    sparing = move("a", 1, cost_high=400.0, openings=(job(0, 20.0),))
    second = move("b", 2, cost_high=0.0, account_high=3_000.0, openings=(job(1, 40.0),))

    plans = searched([first, sparing, second], ladder("a", "b"))

    assert {(tuple(m.program for m in p.moves), p.cost_high) for p in plans} >= {((0,), 0.0), ((1, 2), 400.0)}
    agree([first, sparing, second], ladder("a", "b"))


def test_a_first_course_cheaper_only_if_all_funds_pay_is_kept_for_a_ladder_within_a_limit_on_money() -> None:
    # After the first course, which leaves $300 to pay in any case, the second no longer fits a limit of $500.
    certain = move("a", 0, cost_low=300.0, cost_high=300.0, openings=(job(0, 20.0),))
    hopeful = move("a", 1, cost_low=0.0, cost_high=400.0, openings=(job(0, 20.0),))
    second = move("b", 2, cost_low=400.0, cost_high=400.0, openings=(job(1, 40.0),))
    anything = ladder("a", "b")
    short_of_money = replace(anything, person=replace(anything.person, most_out_of_pocket=500.0))

    plans = searched([certain, hopeful, second], short_of_money)

    assert {tuple(m.program for m in p.moves) for p in plans} == {(0,), (1, 2)}
    agree([certain, hopeful, second], short_of_money)


def test_a_quicker_course_into_another_job_does_not_push_out_the_one_into_the_job_wanted() -> None:
    wanted = move("a", 0, weeks=20.0, openings=(job(1, 20.0),))
    quicker = move("a", 1, weeks=16.0, openings=(job(2, 20.0),))
    anything = ladder("a", "b")
    aiming = replace(anything, person=replace(anything.person, goal_occupations=frozenset({1})))

    assert [[m.program for m in p.moves] for p in searched([wanted, quicker], aiming)] == [[0]]
    agree([wanted, quicker], aiming)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(moves() | ladders(), stackings())
def test_no_program_is_called_out_of_reach_that_some_path_can_take(listed: list[Move], stacking: Stacking) -> None:
    valuation = Valuation(stacking.person.usual_wage, CONFIG)

    found = search(ground_of(listed, stacking, CONFIG), all_open(listed), stacking.person)

    assert found.rejected.keys().isdisjoint(every_program_taken(listed, stacking, valuation, CONFIG))


@pytest.mark.slow
@settings(max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
@given(moves() | ladders(), stackings())
def test_the_search_agrees_on_thousands_of_worlds(listed: list[Move], stacking: Stacking) -> None:
    agree(listed, stacking)


@settings(max_examples=200)
@given(moves(), stackings())
def test_dropping_beaten_moves_loses_no_plan(listed: list[Move], stacking: Stacking) -> None:
    every = np.arange(len(listed))
    best = ground_of(listed, stacking, CONFIG).unbeaten(every, all_open(listed).concerns)

    kept = [listed[row] for row in best.tolist()]

    plans = every_plan(listed, stacking, Valuation(stacking.person.usual_wage, CONFIG), CONFIG)
    assert criteria(searched(kept, stacking)) == criteria(plans)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(moves() | ladders(), stackings(), st.sampled_from(["weeks", "cost", "other"]), st.data())
def test_what_one_limit_given_way_brings_is_found_whole_when_only_that_is_looked_for(
    listed: list[Move], stacking: Stacking, limit: str, data: st.DataObject
) -> None:
    before_person = stacking.person
    now = {
        "weeks": replace(before_person, better_pay_within=float("inf")),
        "cost": replace(before_person, most_out_of_pocket=float("inf")),
        "other": before_person,
    }[limit]
    ground, every = ground_of(listed, stacking, CONFIG), all_open(listed)
    every = replace(every, open=ground.moves.cost_low <= now.most_out_of_pocket)
    was_open = every.open & (ground.moves.cost_low <= before_person.most_out_of_pocket)
    if limit == "other":
        was_open &= np.array(data.draw(st.lists(st.booleans(), min_size=len(listed), max_size=len(listed))), np.bool_)
    before = search(ground, replace(every, open=was_open), before_person).paths

    found = search(ground, every, now, beyond(before, before_person, now, every.open & ~was_open)).paths

    new = criteria(search(ground, every, now).paths) - criteria(before)
    assert new == criteria(found) - criteria(before)


def test_a_new_course_worth_as_much_as_a_known_one_and_less_proven_is_no_further_plan() -> None:
    known, weaker = (
        move("a", 0, evidence=3, openings=(job(0, 20.0),)),
        move("b", 1, evidence=4, openings=(job(0, 20.0),)),
    )
    ground, every = ground_of([known, weaker], ladder("a", "c"), CONFIG), all_open([known, weaker])
    person, new = ground.stacking.person, np.array([False, True])
    before = search(ground, replace(every, open=~new), person).paths

    assert before
    assert not search(ground, every, person, beyond(before, person, person, new)).paths


@settings(max_examples=200)
@given(moves(), stackings())
def test_the_parts_of_every_plan_add_up_to_its_value_to_the_cent(listed: list[Move], stacking: Stacking) -> None:
    valuation = Valuation(stacking.person.usual_wage, CONFIG)
    for path in searched(listed, stacking):
        value = valuation.explain(path)
        assert sum(round(part.usd * 100) for part in value.parts) == round(value.expected_usd * 100)
        assert value.expected_usd == pytest.approx(path.value, abs=0.05)
        assert value.low_usd <= value.expected_usd <= value.high_usd
