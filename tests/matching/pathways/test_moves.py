"""Moves offered: which courses are left out because a bridge from what one holds leads to the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.config import MatchConfig
from matching.engine import Solution, solve
from matching.price_list import PriceList
from matching.seeker import HeldCredential, Location, Seeker
from matching.world import World

NURSE = Seeker(location=Location(zip="78207"), credentials=(HeldCredential("LVN"),))


def full_courses_left_out(found: Solution) -> Iterator[int]:
    return (row for row, reason in enumerate(found.screening.out) if reason == "shorter_way")


def solved(world: World) -> Solution:
    return solve(NURSE, world, MatchConfig(), date(2026, 11, 22))


def with_bridges_at(world: World, price: float) -> World:
    """The world in which every bridge to registered nurse asks for one price."""
    programs = world.catalog.programs
    tuition = np.where(programs.credential.where(lambda name: name == "rn-bridge"), price, programs.tuition)
    catalog = replace(world.catalog, programs=replace(programs, tuition=tuition))
    return replace(world, catalog=catalog, prices=PriceList.of(catalog, world.stand_ins))


@pytest.fixture(scope="module")
def degrees(starter_world: World) -> set[int]:
    return set(starter_world.catalog.programs.rows_of["rn-adn"])


def test_a01_a_full_degree_is_left_out_where_a_bridge_is_no_longer_and_no_dearer(
    starter_world: World, degrees: set[int]
) -> None:
    found = solved(starter_world)

    assert degrees & set(full_courses_left_out(found))


def test_a02_it_stays_where_every_bridge_costs_more(starter_world: World, degrees: set[int]) -> None:
    found = solved(with_bridges_at(starter_world, 50_000.0))

    assert not degrees & set(full_courses_left_out(found))
    assert degrees & set(found.screening.open_rows.tolist())


def test_a03_each_one_left_out_has_an_open_bridge_at_most_as_long(starter_world: World, degrees: set[int]) -> None:
    found = solved(starter_world)
    weeks = starter_world.courses.weeks
    bridges = set(starter_world.catalog.programs.rows_of["rn-bridge"]) & set(found.screening.open_rows.tolist())

    assert all(any(weeks[b] <= weeks[row] for b in bridges) for row in degrees & set(full_courses_left_out(found)))
