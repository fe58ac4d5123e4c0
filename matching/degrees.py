"""Degrees: how long a whole one takes at the least, against what a list says."""

import numpy as np
import numpy.typing as npt

from matching.coded import Coded
from taxonomy.codes import Education

# Weeks of class in a school year at the least (34 CFR 668.3(a)), and the school years a degree stands for.
SCHOOL_YEAR_WEEKS = 30
DEGREE_YEARS = {Education.ASSOCIATE: 2, Education.BACHELOR: 4}


def short_for_degree(
    awarded: npt.NDArray[np.int64],
    weeks: npt.NDArray[np.float64],
    credential: Coded[str | None],
    bridges: frozenset[str],
) -> npt.NDArray[np.bool_]:
    """Programs that name a whole degree but are listed as shorter: what leads up to the listed part is not listed.

    A bridge says itself what it stands on.
    """
    years = np.zeros(len(awarded))
    for degree, taken in DEGREE_YEARS.items():
        years[awarded == degree] = taken
    whole = credential.where(lambda name: name not in bridges)
    with np.errstate(invalid="ignore"):
        short: npt.NDArray[np.bool_] = whole & (weeks < years * SCHOOL_YEAR_WEEKS)
    return short
