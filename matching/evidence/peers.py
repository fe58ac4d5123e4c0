"""Which like programs a rate is drawn towards: the same people, field and award, so far as each is known."""

from collections import defaultdict
from collections.abc import Iterable

from taxonomy.programs import PeerRate

ALL_FIELDS = "all"


class Peers:
    """Peer rates, looked up from the likest group to the widest; a rate says itself how wide its group is."""

    def __init__(self, rates: Iterable[PeerRate]) -> None:
        self._groups: dict[tuple[str, str, str | None], list[PeerRate]] = defaultdict(list)
        for rate in sorted(rates, key=lambda r: (r.people, r.source, r.area, r.period)):
            self._groups[rate.measure, rate.group, rate.award].append(rate)

    def nearest(
        self, measure: str, family: str | None, award: str | None, population: str | None = None
    ) -> PeerRate | None:
        """The likest group that has a record; of several, the one with most people behind it.

        Groups that count the same people as `population` come before all that count others; among them a field and
        award, then the field, then the award, then all.

        Args:
            measure: of the rate.
            family: two-digit CIP family of the program; None: not known.
            award: what the program gives by its own record; None: not known.
            population: whom the program's own counts count; None: it has none.
        """
        groups = dict.fromkeys(((family or ALL_FIELDS, award), (family or ALL_FIELDS, None), (ALL_FIELDS, award)))
        found = [self._groups.get((measure, *group), []) for group in (*groups, (ALL_FIELDS, None))]
        alike = [[rate for rate in rates if rate.population in (population, None)] for rates in found]
        return next((rates[-1] for rates in (*alike, *found) if rates), None)
