"""Rents are found by ZIP code where HUD sets one, else by county; where neither is known there is none."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from matching.living_costs import LivingCosts
from matching.world import World
from taxonomy.living_costs import Rent
from taxonomy.snapshot import Snapshot

COUNTY = Rent("48029", "county", 2, 2026, 1_426.0, "hud-rents-2026")
SMALL_AREA = Rent("78207", "zip", 2, 2026, 1_100.0, "hud-rents-2026")
FOUR = Rent("48029", "county", 4, 2026, 2_132.0, "hud-rents-2026")


@pytest.fixture
def costs() -> LivingCosts:
    rents: Any = SimpleNamespace(table=lambda _name: [COUNTY, SMALL_AREA, FOUR])
    rows = {("48029", 2): 0, ("78207", 2): 1, ("48029", 4): 2}
    return LivingCosts({}, {("TX", "Bexar County"): "48029"}, rows, cast("Snapshot", rents))


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
