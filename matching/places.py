"""Place: the areas around a ZIP code, the wage of every occupation there, and distances.

The ladder of areas is metro, state, nation; a figure that is not the person's own metro says so.
"""

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from taxonomy.columns import Table
from taxonomy.frozen import frozen
from taxonomy.occupations import ALL_WORK, Wage
from taxonomy.places import Zip
from taxonomy.snapshot import Snapshot

EARTH_RADIUS_MILES = 3958.8
NATION = "US"

Floats = npt.NDArray[np.float64]


@frozen
class AreaWages:
    """Hourly wages of all occupations as seen from one place; arrays are aligned with the occupations.

    `source` indexes `ladder`: 0 is the most local area that has figures for the place, -1 no figure anywhere.
    """

    p10: Floats
    p25: Floats
    p50: Floats
    source: npt.NDArray[np.int8]
    ladder: tuple[str, ...]
    local: str  # the area that would count as the person's own


class Places:
    """ZIP look-up and the wage ladder, built once from a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._zips: Table[Zip] = snapshot.table("zips")
        self._n = len(snapshot.occupations)
        self.areas: dict[str, AreaFigures] = _figures_by_area(snapshot)
        self._seen: dict[tuple[str, ...], AreaWages] = {}

    def find_zip(self, code: str | None) -> Zip | None:
        """The ZIP's record, or None when it is not given or not known."""
        rows = range(0) if code is None else self._zips.rows_of("zip", code)
        return self._zips[rows[0]] if rows else None

    def wages(self, place: Zip | None) -> AreaWages:
        """Wages as seen from a place: metro before state before nation, for each occupation apart."""
        wanted = [place.cbsa, place.state] if place else []
        ladder = tuple(a for a in [*wanted, NATION] if a and a in self.areas)
        local = (place.cbsa or place.state) if place else NATION
        key = (local, *ladder)
        if key not in self._seen:
            self._seen[key] = self._climb(ladder, local)
        return self._seen[key]

    def _climb(self, ladder: tuple[str, ...], local: str) -> AreaWages:
        p10, p25, p50 = (np.full(self._n, np.nan) for _ in range(3))
        source = np.full(self._n, -1, np.int8)
        for level, area in enumerate(ladder):
            figures = self.areas[area]
            # The entry wage decides: an area whose 25th percentile is withheld passes the question on.
            new = (source < 0) & ~np.isnan(figures.p25)
            p10[new], p25[new], p50[new] = figures.p10[new], figures.p25[new], figures.p50[new]
            source[new] = level
        return AreaWages(p10, p25, p50, source, ladder, local)


@frozen
class AreaFigures:
    """One area's figures, aligned with the occupations, and where they come from."""

    p10: Floats
    p25: Floats
    p50: Floats
    name: str
    year: int
    release: str
    all_work_p50: float | None  # the middle wage of all work there; None where it was not published


def _figures_by_area(snapshot: Snapshot) -> dict[str, AreaFigures]:
    """The newest year of each area; of several rows of an area, year and occupation the last one counts."""
    table = snapshot.table("wages")
    occupations = Coded(snapshot.occupations.strings("soc_code"))
    number = {soc: i for i, soc in enumerate(occupations.values)}
    named = Coded(table.strings("soc_code"))
    soc = named.ints(lambda code: number.get(code, -1))
    of_all_work = named.where(lambda code: code == ALL_WORK)
    areas = Coded(table.strings("area"))
    columns = {name: table.numbers(name) for name in ("p10", "p25", "p50", "year")}
    figures: dict[str, AreaFigures] = {}
    for area, own in zip(areas.values, areas.rows(), strict=True):
        rows = own[soc[own] >= 0]
        if area is None or not len(rows):
            continue
        year = columns["year"][rows].max()
        rows = rows[columns["year"][rows] == year]
        middles = columns["p50"][own[of_all_work[own] & (columns["year"][own] == year)]]
        middle = None if not len(middles) or np.isnan(middles[-1]) else float(middles[-1])
        row_of = np.full(len(occupations.values), -1)
        row_of[soc[rows]] = rows
        found = row_of[occupations.code]
        p10, p25, p50 = (np.where(found < 0, np.nan, columns[name][found]) for name in ("p10", "p25", "p50"))
        first: Wage = table[int(rows[0])]
        figures[area] = AreaFigures(p10, p25, p50, first.area_name, int(year), first.release, middle)
    return figures


def law_area(place: Zip | None) -> str:
    """The area whose rules hold: board, state, or the nation when the place is not known."""
    if place is None:
        return "US"
    return f"{place.state}:{place.board}" if place.board else place.state


def unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """Points on the unit sphere, n x 3, NaN where a coordinate is unknown: distances then need no trigonometry."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def miles_between(point: Floats, points: Floats) -> Floats:
    """Great-circle miles from one unit vector to many; NaN where unknown."""
    chord = np.sqrt(((points - point) ** 2).sum(axis=-1))
    miles: Floats = 2.0 * EARTH_RADIUS_MILES * np.arcsin(np.clip(chord / 2.0, 0.0, 1.0))
    return miles
