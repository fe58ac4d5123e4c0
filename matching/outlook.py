"""Outlook: how each job is projected to change, as seen from a place.

The ladder of areas is metro, state, nation, for each job apart; a figure that is not the person's own area's says so.
"""

import re

import numpy as np
import numpy.typing as npt

from matching.places import NATION
from taxonomy.frozen import frozen
from taxonomy.places import Zip
from taxonomy.snapshot import Snapshot

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


_NATIONAL = "bls-projections"  # the release of the nation's figures, whatever its edition
_SPAN = re.compile(r"(20\d\d)\W(20\d\d)")


@frozen
class AreaOutlook:
    """Projected change of all occupations as seen from one place; arrays are aligned with the occupations.

    `source` indexes `ladder`: 0 is the most local area that has figures for the place, -1 no figure anywhere.
    """

    growth_pct: Floats  # over the whole period of the projection, NaN unknown
    openings_per_year: Floats  # NaN unknown
    source: npt.NDArray[np.int8]
    ladder: tuple[str, ...]
    years: tuple[tuple[int, int] | None, ...]  # base and target year of each area's projection; None not known
    size: tuple[float, ...]  # openings in each area as a share of the nation's, over the jobs both project
    local: str  # the area that would count as the person's own
    releases: tuple[str | None, ...]  # id of the release each area's projection comes from; None not known

    def in_demand(self, growth_pct: float, openings: int) -> Bools:
        """Whether work is projected to grow, or to hire many all the same; unknown growth is not held against it.

        Args:
            growth_pct: growth from which work is in demand.
            openings: openings a year in the nation from which it is so for all that it shrinks; a smaller area has
                to have as many for its size.
        """
        with np.errstate(invalid="ignore"):
            shrinks: Bools = self.growth_pct < growth_pct
            hires: Bools = self.openings_per_year >= self.openings_needed(openings)
        return ~shrinks | hires

    def openings_needed(self, openings: int) -> Floats:
        """Openings a year from which work counts as hiring many, for the size of the area whose figures are used."""
        # A place of its own at the end, which source -1 reads: no figure, so nothing is compared.
        needed: Floats = openings * np.array([*self.size, np.nan])[self.source]
        return needed


@frozen
class _Figures:
    growth_pct: Floats
    openings_per_year: Floats
    years: tuple[int, int] | None
    release: str | None


class Outlooks:
    """The projections of every area, built once from a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        occupations = snapshot.occupations
        self._rows: dict[str, list[int]] = {}
        for row, codes in enumerate(
            zip(occupations.strings("soc_code"), occupations.strings("projections_of"), strict=True)
        ):
            # The group an agency publishes ("31-1120") stands for its members where they have no row of their own.
            for code in filter(None, codes):
                self._rows.setdefault(code, []).append(row)
        self._soc = occupations.strings("soc_code")
        self._areas = self._by_area(snapshot)
        published = next((r for r in snapshot.table("releases") if r.id.startswith(_NATIONAL)), None)
        # What the nation's table says was joined to the occupations at install, with the starter set's where no
        # official table was given.
        self._areas[NATION] = _Figures(
            occupations.numbers("growth_pct"),
            occupations.numbers("openings_per_year"),
            _span(published.edition) if published else None,
            published.id if published else None,
        )
        self._seen: dict[tuple[str, ...], AreaOutlook] = {}

    def of(self, place: Zip | None) -> AreaOutlook:
        """Projections as seen from a place: metro before state before nation, for each occupation apart."""
        wanted = [place.cbsa, place.state] if place else []
        ladder = tuple(a for a in [*wanted, NATION] if a and a in self._areas)
        local = (place.cbsa or place.state) if place else NATION
        key = (local, *ladder)
        if key not in self._seen:
            self._seen[key] = self._climb(ladder, local)
        return self._seen[key]

    def _climb(self, ladder: tuple[str, ...], local: str) -> AreaOutlook:
        n = len(self._soc)
        growth, openings = np.full(n, np.nan), np.full(n, np.nan)
        source = np.full(n, -1, np.int8)
        for level, area in enumerate(ladder):
            figures = self._areas[area]
            # Growth decides: an area that does not project it passes the question on.
            new = (source < 0) & ~np.isnan(figures.growth_pct)
            growth[new], openings[new] = figures.growth_pct[new], figures.openings_per_year[new]
            source[new] = level
        return AreaOutlook(
            growth_pct=growth,
            openings_per_year=openings,
            source=source,
            ladder=ladder,
            years=tuple(self._areas[area].years for area in ladder),
            size=tuple(self._size(area) for area in ladder),
            local=local,
            releases=tuple(self._areas[area].release for area in ladder),
        )

    def _size(self, area: str) -> float:
        own, nation = self._areas[area].openings_per_year, self._areas[NATION].openings_per_year
        both = ~np.isnan(own) & ~np.isnan(nation)
        total = float(nation[both].sum())
        return float(own[both].sum()) / total if total else 1.0

    def _by_area(self, snapshot: Snapshot) -> dict[str, _Figures]:
        areas: dict[str, _Figures] = {}
        own: dict[str, set[int]] = {}  # rows an area projects under their own code, which a group's row leaves alone
        for projection in snapshot.table("projections"):
            if projection.area not in areas:
                growth, openings = (np.full(len(self._soc), np.nan) for _ in range(2))
                years = (projection.base_year, projection.target_year)
                areas[projection.area] = _Figures(growth, openings, years, projection.release)
                own[projection.area] = set()
            figures = areas[projection.area]
            for row in self._rows.get(projection.soc_code, ()):
                exact = self._soc[row] == projection.soc_code
                if exact or row not in own[projection.area]:
                    figures.growth_pct[row] = _known(projection.growth_pct)
                    figures.openings_per_year[row] = _known(projection.openings_per_year)
                if exact:
                    own[projection.area].add(row)
        return areas


def _span(edition: str) -> tuple[int, int] | None:
    """Base and target year of a projection, from its edition as published ("2024-2034", with a hyphen or a dash)."""
    found = _SPAN.search(edition)
    return (int(found[1]), int(found[2])) if found else None


def _known(value: float | None) -> float:
    return np.nan if value is None else value
