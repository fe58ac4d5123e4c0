"""Living costs: what the installed sources know of rents and child care where a person lives."""

from taxonomy.columns import Table
from taxonomy.living_costs import ChildCareRate, Rent
from taxonomy.places import Zip
from taxonomy.snapshot import Snapshot

MOST_BEDROOMS = 4  # HUD's tables end at four or more


class LivingCosts:
    """The costs of a snapshot, read where they stand: their tables are sorted by place."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._rents: Table[Rent] = snapshot.table("rents")
        self._child_care: Table[ChildCareRate] = snapshot.table("child_care_rates")
        counties = snapshot.table("counties")
        named = zip(counties.strings("state"), counties.strings("name"), counties.strings("county_fips"), strict=True)
        self._county_fips = {(state, name): fips for state, name, fips in named}

    def child_care_rates(self, area: str) -> tuple[ChildCareRate, ...]:
        """What child care costs by the list of a board, named as in the areas of the law."""
        state, _, board = area.partition(":")
        rows = self._child_care.rows_of("board", board, self._child_care.rows_of("state", state))
        return tuple(map(self._child_care.records.__getitem__, rows))

    def find_rent(self, place: Zip | None, bedrooms: int) -> Rent | None:
        """The fair market rent of a dwelling: of the ZIP code where HUD sets one, else of its county."""
        if place is None:
            return None
        for area in (place.zip, self._county_fips.get((place.state, place.county or ""))):
            for row in () if area is None else self._rents.rows_of("area", area):
                rent = self._rents[row]
                if rent.bedrooms == min(bedrooms, MOST_BEDROOMS):
                    return rent
        return None
