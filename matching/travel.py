"""Travel: how long the way to each course takes by each means, where somebody says so; what nobody says is unknown."""

from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from taxonomy.frozen import frozen
from taxonomy.places import Zip

Floats = npt.NDArray[np.float64]


@frozen(eq=False)
class Journeys:
    """The way from one place to many by one means. `source` None: nobody says."""

    minutes: Floats  # NaN unknown
    source: str | None


class TravelTimes(Protocol):
    """Whoever knows how long ways take: a board's table, or a journey planner."""

    def journeys(self, place: Zip | None, points: Floats, miles: Floats, mode: str, area: str, on: date) -> Journeys:
        """Ways from a place to points, unit vectors of which the distances in miles are known too."""
