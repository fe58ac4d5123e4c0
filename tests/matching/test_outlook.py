"""Projections as seen from a place: the person's own area first, and named where it is another."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching.outlook import AreaOutlook, Outlooks
from taxonomy.assemble import assemble
from taxonomy.places import Zip
from taxonomy.projections import AreaProjection
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

SAN_ANTONIO = Zip("78207", "San Antonio", "TX", "Bexar County", "41700", "San Antonio", None, 29.4, -98.5, "test")
AIDE, LPN = "31-1131", "29-2061"
Seen = Callable[..., tuple[AreaOutlook, Callable[[str], int]]]


@pytest.fixture(scope="module")
def contents() -> Contents:
    return assemble()


@pytest.fixture
def seen(tmp_path: Path, contents: Contents) -> Seen:
    """The outlook from a place, given area projections."""

    def build(*projections: AreaProjection, place: Zip | None = SAN_ANTONIO) -> object:
        made = replace(contents, tables={**contents.tables, "projections": list(projections)})
        write_snapshot(made, tmp_path / "s")
        snapshot = Snapshot.open(tmp_path / "s")
        codes = snapshot.occupations.strings("onet_code")
        return Outlooks(snapshot).of(place), lambda soc: codes.index(f"{soc}.00")

    return build  # type: ignore[return-value]  # the tuple above


def projected(soc: str, area: str, growth: float | None, openings: int | None = 100) -> AreaProjection:
    return AreaProjection(soc, area, 1_000, None, growth, openings, 2023, 2033, "state-projections-2023")


def area_of(outlook: AreaOutlook, row: int) -> str | None:
    level = int(outlook.source[row])
    return None if level < 0 else outlook.ladder[level]


def test_the_states_projection_comes_before_the_nations(seen: Seen) -> None:
    outlook, row = seen(projected(AIDE, "TX", 12.5))

    assert (area_of(outlook, row(AIDE)), outlook.growth_pct[row(AIDE)]) == ("TX", 12.5)
    assert outlook.openings_per_year[row(AIDE)] == 100
    assert area_of(outlook, row(LPN)) == "US"
    assert outlook.local == "41700"


def test_the_metros_comes_before_the_states(seen: Seen) -> None:
    outlook, row = seen(projected(AIDE, "TX", 12.5), projected(AIDE, "41700", 3.0))

    assert (area_of(outlook, row(AIDE)), outlook.growth_pct[row(AIDE)]) == ("41700", 3.0)


def test_an_area_that_withholds_the_growth_passes_the_question_on(seen: Seen) -> None:
    outlook, row = seen(projected(AIDE, "TX", None))

    assert area_of(outlook, row(AIDE)) == "US"


def test_another_states_projection_is_nobodys_here(seen: Seen) -> None:
    outlook, row = seen(projected(AIDE, "CA", 12.5))

    assert area_of(outlook, row(AIDE)) == "US"


def test_without_a_place_it_is_the_nations(seen: Seen) -> None:
    outlook, row = seen(projected(AIDE, "TX", 12.5), place=None)

    assert (area_of(outlook, row(AIDE)), outlook.local) == ("US", "US")


def test_a_group_speaks_for_members_that_have_no_row_of_their_own(seen: Seen, contents: Contents) -> None:
    grouped = [o for o in contents.tables["occupations"] if o.projections_of]
    group = grouped[0].projections_of
    outlook, row = seen(projected(grouped[0].soc_code, "TX", 7.0), projected(group, "TX", 1.0))

    members = {o.soc_code for o in grouped if o.projections_of == group}
    assert outlook.growth_pct[row(grouped[0].soc_code)] == 7.0
    assert {float(outlook.growth_pct[row(soc)]) for soc in members - {grouped[0].soc_code}} <= {1.0}


def test_shrinking_work_is_in_demand_where_it_hires_many_for_the_size_of_the_area(seen: Seen) -> None:
    """The state has a hundredth of the nation's openings, so a hundredth of the nation's least number will do."""
    nation, row = seen()
    socs = {AIDE: -5.0, LPN: -5.0}
    state = [projected(s, "TX", g, round(nation.openings_per_year[row(s)] / 100)) for s, g in socs.items()]
    outlook, row = seen(*state)

    most = max(nation.openings_per_year[row(s)] for s in socs)
    least = min(nation.openings_per_year[row(s)] for s in socs)
    demand = outlook.in_demand(0.0, round((most + least) / 2))

    assert outlook.size[outlook.ladder.index("TX")] == pytest.approx(0.01, rel=0.01)
    assert sorted(bool(demand[row(s)]) for s in socs) == [False, True]


def test_unknown_growth_is_not_held_against_a_job() -> None:
    nothing = np.full(1, np.nan)
    unknown = AreaOutlook(nothing, nothing, np.full(1, -1, np.int8), ("US",), (None,), (1.0,), "US", (None,))

    assert unknown.in_demand(0.0, 10_000).tolist() == [True]
