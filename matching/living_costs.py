"""Living costs: what the installed sources know of rents and child care where a person lives."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from taxonomy.living_costs import ChildCareRate, Rent
from taxonomy.places import Zip
from taxonomy.snapshot import Snapshot

MOST_BEDROOMS = 4  # HUD's tables end at four or more


@dataclass(frozen=True, slots=True, eq=False)
class LivingCosts:
    """The tables of costs, indexed once a process."""

    child_care: dict[str, tuple[ChildCareRate, ...]]  # by board, as in the areas of the law
    counties: dict[tuple[str, str], str]  # FIPS code by state and name
    rent_rows: dict[tuple[str | None, int], int]  # by county or ZIP code, and bedrooms
    snapshot: Snapshot

    @classmethod
    def of(cls, snapshot: Snapshot) -> "LivingCosts":
        """The costs of a snapshot."""
        boards: defaultdict[str, list[ChildCareRate]] = defaultdict(list)
        for rate in snapshot.table("child_care_rates"):
            boards[f"{rate.state}:{rate.board}"].append(rate)
        rents, counties = snapshot.table("rents"), snapshot.table("counties")
        areas, bedrooms = rents.strings("area"), rents.numbers("bedrooms").astype(np.int64).tolist()
        named = zip(counties.strings("state"), counties.strings("name"), counties.strings("county_fips"), strict=True)
        return cls(
            child_care={board: tuple(found) for board, found in boards.items()},
            counties={(state or "", name or ""): fips or "" for state, name, fips in named},
            rent_rows=dict(zip(zip(areas, bedrooms, strict=True), range(len(areas)), strict=True)),
            snapshot=snapshot,
        )

    def find_rent(self, place: Zip | None, bedrooms: int) -> Rent | None:
        """The fair market rent of a dwelling: of the ZIP code where HUD sets one, else of its county."""
        if place is None:
            return None
        for area in (place.zip, self.counties.get((place.state, place.county or ""))):
            row = self.rent_rows.get((area, min(bedrooms, MOST_BEDROOMS)))
            if row is not None:
                found: Rent = self.snapshot.table("rents")[row]
                return found
        return None
