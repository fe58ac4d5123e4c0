"""Interests: O*NET's high points of each occupation as Holland letters."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from taxonomy.occupations import Occupation
from taxonomy.onet_reference import ElementRating

# The high points in order, and the interest each value of their scale stands for; 0 stands for none.
_HIGH_POINTS = ("1.B.1.g", "1.B.1.h", "1.B.1.i")
_SCALE = "IH"
_LETTERS = "RIASEC"


def add_interests(occupations: Sequence[Occupation], ratings: Iterable[ElementRating]) -> list[Occupation]:
    """The occupations with the letters of their high points; one without ratings stays without."""
    points: dict[str, dict[str, int]] = {}
    for rating in ratings:
        if rating.scale == _SCALE and rating.element_id in _HIGH_POINTS:
            points.setdefault(rating.onet_code, {})[rating.element_id] = int(rating.value)
    return [replace(o, interests=_letters(points.get(o.onet_code, {})) or o.interests) for o in occupations]


def _letters(points: dict[str, int]) -> str | None:
    values = (points.get(element, 0) for element in _HIGH_POINTS)
    return "".join(_LETTERS[value - 1] for value in values if 1 <= value <= len(_LETTERS)) or None
