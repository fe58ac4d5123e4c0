"""What the method computes once, when data are installed, so that no process computes it at start."""

from typing import Any

import numpy.typing as npt

from matching.fit.derive import derive_transition_arrays
from matching.resolve.index import derive_title_index
from taxonomy.snapshot import Contents


def derive_arrays(contents: Contents) -> dict[str, npt.NDArray[Any]]:
    """Arrays to store in a snapshot: the indexes of words, and how near occupations are to each other."""
    return derive_title_index(contents) | derive_transition_arrays(contents)
