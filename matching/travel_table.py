"""Travel by the boards' tables of minutes a mile.

No source read gives minutes a mile by bus that hold for one town, so none ship: a board's own file may give them by
mode. A journey planner may take this table's place behind `TravelTimes`.
"""

from datetime import date

import numpy as np
import numpy.typing as npt

from matching.eligibility.law import Law
from matching.travel import Journeys
from taxonomy.frozen import frozen
from taxonomy.law import MINUTES_A_MILE
from taxonomy.places import Zip

Floats = npt.NDArray[np.float64]


@frozen
class TableTimes:
    """Minutes a mile by mode and area from the boards' files, over the great-circle distance."""

    law: Law

    def journeys(self, place: Zip | None, points: Floats, miles: Floats, mode: str, area: str, on: date) -> Journeys:
        """See `TravelTimes`."""
        rate = None if place is None else self.law.find(f"{MINUTES_A_MILE}{mode}", area, on)
        if rate is None:
            return Journeys(np.full(len(points), np.nan), None)
        return Journeys(miles * rate.value, f"{rate.citation}, {rate.effective_from}")
