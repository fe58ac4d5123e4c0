"""The law in force on a day in an area, from dated parameters."""

from collections.abc import Iterable, Mapping
from datetime import date

from taxonomy.law import Parameter

NATION = "US"
# HHS publishes one poverty table for 48 states and the District of Columbia, and one each for Alaska and Hawaii.
FORTY_EIGHT_STATES = "US48"
_OWN_POVERTY_TABLE = ("AK", "HI")
# HHS sets no guideline for these: each federal program says what it uses there, so a line is asked for.
_NO_POVERTY_TABLE = ("AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI")

# Answers are asked for a few days and areas at a time; older views are dropped, not kept for ever.
_MOST_VIEWS = 256


def areas_above(area: str) -> tuple[str, ...]:
    """An area and what it lies in, nearest first: "TX:ALAMO" gives "TX:ALAMO", "TX", "US48", "US"."""
    if area in (NATION, FORTY_EIGHT_STATES):
        return (FORTY_EIGHT_STATES, NATION)
    state = area.partition(":")[0]
    chain = (area,) if area == state else (area, state)
    beside_the_states = state in _OWN_POVERTY_TABLE or state in _NO_POVERTY_TABLE
    return (*chain, NATION) if beside_the_states else (*chain, FORTY_EIGHT_STATES, NATION)


class Law:
    """Dated parameters, looked up by id, area and day. A nearer area's row stands before a wider one's.

    Rows that were not verified are not law here unless `include_unverified` is given: a rule that needs one is then
    not applied, and the answer says what is not known.
    """

    def __init__(self, parameters: Iterable[Parameter], *, include_unverified: bool = False) -> None:
        self._rows = tuple(p for p in parameters if p.verified or include_unverified)
        self._views: dict[tuple[str, date], Mapping[str, Parameter]] = {}
        self._families: dict[tuple[str, date, str], tuple[Parameter, ...]] = {}

    def in_force(self, area: str, on: date) -> Mapping[str, Parameter]:
        """Every parameter in force in `area` on that day, by id."""
        key = (area, on)
        view = self._views.get(key)
        if view is None:
            if len(self._views) >= _MOST_VIEWS:
                self._views.clear()
                self._families.clear()
            view = self._views[key] = self._view(area, on.isoformat())
        return view

    def family(self, prefix: str, area: str, on: date) -> tuple[Parameter, ...]:
        """The parameters in force whose id begins so, by id."""
        key = (area, on, prefix)
        if key not in self._families:
            rules = self.in_force(area, on)
            self._families[key] = tuple(row for name, row in sorted(rules.items()) if name.startswith(prefix))
        return self._families[key]

    def _view(self, area: str, day: str) -> Mapping[str, Parameter]:
        rank = {name: place for place, name in enumerate(areas_above(area))}
        view: dict[str, Parameter] = {}
        for row in self._rows:
            if row.area not in rank or not _covers(row, day):
                continue
            other = view.get(row.id)
            # Of two rows of one area that overlap, the later one is the amendment.
            if other is None or (rank[row.area], _reversed(row)) < (rank[other.area], _reversed(other)):
                view[row.id] = row
        return view

    def find(self, parameter_id: str, area: str, on: date) -> Parameter | None:
        """The parameter in force, or None when there is none or it is not verified."""
        return self.in_force(area, on).get(parameter_id)

    def get(self, parameter_id: str, area: str, on: date) -> Parameter:
        """The parameter in force.

        Raises:
            LookupError: none is in force in that area on that day.
        """
        found = self.find(parameter_id, area, on)
        if found is None:
            raise LookupError(f"{parameter_id} is not known for {area} on {on.isoformat()}")
        return found


def _covers(row: Parameter, day: str) -> bool:
    return row.effective_from <= day and (row.effective_to is None or day <= row.effective_to)


def _reversed(row: Parameter) -> int:
    """A sort key by which the row that took effect last comes first."""
    return -int(row.effective_from.replace("-", ""))
