"""Places: ZIP codes with the areas they lie in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Zip:
    """A ZIP code's centre and the areas that hold it. `cbsa` and `board` are None where none is known."""

    zip: str
    city: str
    state: str
    county: str | None
    cbsa: str | None
    cbsa_name: str | None
    board: str | None
    latitude: float
    longitude: float
    release: str
