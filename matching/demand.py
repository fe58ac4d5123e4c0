"""Demand lists: the jobs a board or a state lists as in demand, as seen from a place on a day."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.places import law_area
from taxonomy.frozen import frozen
from taxonomy.law import DEMAND, Parameter
from taxonomy.places import Zip
from taxonomy.release import Release
from taxonomy.snapshot import Snapshot

Bools = npt.NDArray[np.bool_]

# A place's lists are kept for the next person there; days pass, so that the oldest are let go of.
_MOST_KEPT = 256


@frozen(eq=False)
class DemandLists:
    """The lists that hold in one place on one day. None: no such list is held here, which is not to say there is none.

    `listed` is aligned with the occupations, or one False for all where no list is held.
    """

    board: Mapping[int, Parameter] | None = None  # by occupation row
    state: frozenset[int] | None = None  # occupation rows
    state_release: Release | None = None
    listed: Bools = field(default_factory=lambda: np.zeros((), np.bool_))


NO_LISTS = DemandLists()


class Demand:
    """All demand lists of a snapshot.

    Args:
        snapshot: the data.
        board_list: the entries of a board's list that are in force in an area of the law on a day.
    """

    def __init__(self, snapshot: Snapshot, board_list: Callable[[str, date], tuple[Parameter, ...]]) -> None:
        occupations = snapshot.occupations
        self._board_list = board_list
        self._row = {code: row for row, code in enumerate(occupations.strings("onet_code"))}
        rows_of: dict[str, list[int]] = {}
        for row, code in enumerate(occupations.strings("soc_code")):
            rows_of.setdefault(code or "", []).append(row)
        self._releases = {release.id: release for release in snapshot.table("releases")}
        self._states: dict[str, tuple[Release, dict[str | None, set[int]]]] = {}
        for listing in snapshot.table("demand_listings"):
            # A list of fields of study says nothing of a job by itself.
            if listing.soc_codes:
                release = self._releases[listing.release]
                _, by_county = self._states.setdefault(listing.state, (release, {}))
                rows = (row for code in listing.soc_codes for row in rows_of.get(code, ()))
                by_county.setdefault(_plain(listing.county), set()).update(rows)
        self._kept: dict[tuple[str, str | None, date], DemandLists] = {}

    def of(self, place: Zip | None, today: date) -> DemandLists:
        """The lists that hold where a person lives."""
        if place is None:
            return NO_LISTS
        key = (law_area(place), _plain(place.county), today)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._collect(place, today)
        return self._kept[key]

    def _collect(self, place: Zip, today: date) -> DemandLists:
        entries = self._board_list(law_area(place), today)
        named = {self._row.get(entry.id.removeprefix(DEMAND)): entry for entry in entries}
        board = {row: entry for row, entry in named.items() if row is not None} if entries else None
        release, by_county = self._states.get(place.state, (None, {}))
        state = (
            None
            if release is None
            else frozenset(by_county.get(None, set()) | by_county.get(_plain(place.county), set()))
        )
        if board is None and state is None:
            return NO_LISTS
        listed = np.zeros(len(self._row), np.bool_)
        listed[[*(board or ()), *(state or ())]] = True
        return DemandLists(board, state, release, listed)


def _plain(county: str | None) -> str | None:
    """A county's name as both lists and ZIP codes can be compared by."""
    return None if county is None else county.casefold().removesuffix(" county")
