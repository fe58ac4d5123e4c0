"""Rents are found by ZIP code where HUD sets one, else by county; where neither is known there is none."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from matching.living_costs import LivingCosts
from matching.world import World
from taxonomy.columns import Table, to_arrow
from taxonomy.living_costs import ChildCareRate, Rent
from taxonomy.places import County
from taxonomy.snapshot import Snapshot
from taxonomy.tables import TABLES

COUNTY = Rent("48029", "county", 2, 2026, 1_426.0, "hud-rents-2026")
SMALL_AREA = Rent("78207", "zip", 2, 2026, 1_100.0, "hud-rents-2026")
ALAMO = ChildCareRate("TX", "ALAMO", "licensed_center", "REG", "2yr", "full_time", 40.0, 2026, "care")
PERMIAN = replace(ALAMO, board="PERMIAN", usd_per_day=38.0)
FOUR = Rent("48029", "county", 4, 2026, 2_132.0, "hud-rents-2026")


@pytest.fixture
def costs() -> LivingCosts:
    rows: dict[str, list[Any]] = {
        "rents": [COUNTY, FOUR, SMALL_AREA],
        "counties": [County("48029", "Bexar County", "TX", None, None, None, None, None, "counties")],
        "child_care_rates": [ALAMO, PERMIAN],
    }
    tables = {name: Table(TABLES[name], to_arrow(TABLES[name], held)) for name, held in rows.items()}
    return LivingCosts(cast("Snapshot", SimpleNamespace(table=tables.__getitem__)))


def test_child_care_costs_what_the_list_of_the_board_says(costs: LivingCosts) -> None:
    assert costs.child_care_rates("TX:ALAMO") == (ALAMO,)
    assert costs.child_care_rates("TX:PERMIAN") == (PERMIAN,)
    assert costs.child_care_rates("TX:BORDERPLEX") == costs.child_care_rates("CA:ALAMO") == ()
    assert costs.child_care_rates("TX") == ()


def test_the_rent_of_the_zip_code_stands_before_that_of_the_county(costs: LivingCosts, starter_world: World) -> None:
    near, far = (starter_world.catalog.places.find_zip(z) for z in ("78207", "78002"))

    assert costs.find_rent(near, 2) == SMALL_AREA
    assert costs.find_rent(far, 2) == COUNTY
    assert costs.find_rent(far, 6) == FOUR


def test_where_nothing_is_known_there_is_no_rent(costs: LivingCosts, starter_world: World) -> None:
    place = starter_world.catalog.places.find_zip("78207")

    assert costs.find_rent(None, 2) is None
    assert costs.find_rent(place, 3) is None
    assert starter_world.living_costs.find_rent(place, 2) is None
