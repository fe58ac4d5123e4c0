"""Demand lists: what a board or a state lists where a person lives, and what no list held here says."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.config import MatchConfig
from matching.demand import NO_LISTS, Demand
from matching.eligibility.law import Law
from matching.reading import read_person
from matching.world import World
from taxonomy.assemble import assemble
from taxonomy.law import DEMAND, Parameter
from taxonomy.places import Zip
from taxonomy.projections import DemandListing
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

DAY = date(2026, 11, 27)
ALAMO = Zip("78207", "San Antonio", "TX", "Bexar County", "41700", "San Antonio", "ALAMO", 29.4, -98.5, "test")
NEWARK = Zip("07102", "Newark", "NJ", "Essex County", "35620", "Newark", None, 40.7, -74.2, "test")
ATLANTIC = replace(NEWARK, zip="08401", county="Atlantic County")
GUARD, CODER, AIDE = "33-9032.00", "29-2072.00", "31-1131.00"


def listed(code: str, start: str = "2026-07-01", end: str | None = None) -> Parameter:
    return Parameter(
        f"{DEMAND}{code}", 1.0, "listed", "TX:ALAMO", start, end, "Board list 2026", "x", "2026-11-22", verified=True
    )


def demand_of(world: World, *entries: Parameter) -> Demand:
    law = Law(entries)
    return Demand(world.snapshot, lambda area, day: law.family(DEMAND, area, day))


@pytest.fixture
def row(starter_world: World) -> dict[str, int]:
    return starter_world.catalog.occupations.row


def test_without_a_list_nothing_is_listed_and_nothing_is_denied(starter_world: World) -> None:
    demand = demand_of(starter_world)

    assert demand.of(ALAMO, DAY) is NO_LISTS
    assert demand.of(None, DAY) is NO_LISTS
    assert (NO_LISTS.board, NO_LISTS.state) == (None, None)


def test_a_board_s_list_holds_in_its_area_and_between_its_days(starter_world: World, row: dict[str, int]) -> None:
    demand = demand_of(starter_world, listed(GUARD, end="2026-12-31"))

    here = demand.of(ALAMO, DAY)
    assert here.board is not None
    assert [*here.board] == [row[GUARD]]
    assert here.listed.sum() == 1
    assert here.listed[row[GUARD]]
    assert demand.of(ALAMO, date(2027, 1, 1)) is NO_LISTS
    assert demand.of(NEWARK, DAY) is NO_LISTS


@pytest.fixture(scope="module")
def contents() -> Contents:
    return assemble()


def test_a_state_s_list_has_what_its_counties_add(tmp_path: Path, contents: Contents, row: dict[str, int]) -> None:
    def listing(code: str, county: str | None, cip: str | None = None) -> DemandListing:
        soc = code[:7]
        return DemandListing("NJ", county, (soc,), soc, cip, "invented", "nj-list")

    field_alone = DemandListing("NJ", None, (), None, "51.0707", "invented", "nj-list")
    release = replace(contents.tables["releases"][0], id="nj-list", edition="2031")
    tables = {
        **contents.tables,
        "releases": [*contents.tables["releases"], release],
        "demand_listings": [listing(CODER, None), listing(AIDE, "Atlantic"), field_alone],
    }
    write_snapshot(replace(contents, tables=tables), tmp_path / "s")
    demand = Demand(Snapshot.open(tmp_path / "s"), lambda *_: ())

    newark, atlantic = demand.of(NEWARK, DAY), demand.of(ATLANTIC, DAY)

    assert newark.state is not None
    assert atlantic.state is not None
    assert (row[CODER] in newark.state, row[AIDE] in newark.state) == (True, False)
    assert (row[CODER] in atlantic.state, row[AIDE] in atlantic.state) == (True, True)
    assert newark.state_release == release
    assert newark.board is None
    assert demand.of(ALAMO, DAY) is NO_LISTS


def test_work_that_shrinks_is_in_demand_where_the_board_lists_it(starter_world: World, row: dict[str, int]) -> None:
    config = MatchConfig()
    shrinking = starter_world.catalog.outlooks.of(ALAMO).in_demand(config.demand_growth_pct, config.demand_openings)
    code = next(code for code, place in row.items() if not shrinking[place])
    world = replace(starter_world, demand=demand_of(starter_world, listed(code)))

    def counts(world: World) -> bool:
        person = read_person(read_seeker(PROFILE), world, DAY).person
        return bool(person.in_demand(config.demand_growth_pct, config.demand_openings)[row[code]])

    assert not counts(starter_world)
    assert counts(world)
