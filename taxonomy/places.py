"""Places: ZIP codes and counties with the areas they lie in."""

from taxonomy.frozen import frozen


@frozen
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
    county_fips: str | None = None  # by which rents, income limits and other figures of a county are found


@frozen
class County:
    """A county or what stands for one, with the areas that hold it."""

    county_fips: str
    name: str
    state: str
    cbsa: str | None
    cbsa_name: str | None
    board: str | None
    population: int | None
    population_year: int | None
    release: str
