"""Open now: better paid work that needs no plan, by a credential already held or because the person has done it."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.config import MatchConfig
from matching.exits import TICKETS
from matching.moves import Opening, Person, Ready
from matching.pathways.openings import RUNG, months_in_field
from taxonomy.frozen import frozen

Bools = npt.NDArray[np.bool_]


@frozen(eq=False)
class _Jobs:
    """Every occupation as the person could enter it today."""

    person: Person
    catalog: Catalog
    at_home: Bools  # worked in the field of each for long enough to count as experience
    open: Bools  # has a wage here, is in demand, not unwanted, and asks for no more experience than there is

    def opening(self, row: int, basis: str, *, at_once: bool) -> Opening | None:
        """As a course would open it: a licence, or having done the work, at the 25th percentile, others with care."""
        wages = self.person.wages
        entry, low = float(wages.p25[row]), float(wages.p10[row])
        low = entry if np.isnan(low) else low
        asked = int(RUNG[self.catalog.occupations.education[row]])
        missing = 0 if at_once else asked - int(RUNG[self.person.education])
        if not self.open[row] or missing > int(self.at_home[row]):
            return None
        cautious = not at_once and (missing > 0 or not self.at_home[row])
        wage = low if cautious else entry
        return Opening(row, wage, entry, low, 0 if at_once else asked, basis, 1.0, cautious)


def open_now(person: Person, near: Bools, refused: Bools, catalog: Catalog, config: MatchConfig) -> tuple[Ready, ...]:
    """Jobs other than the usual one that pay better and are open to a person today, best paid first, each once.

    The same tests as for the jobs that courses open (`PersonOpenings`).

    Args:
        person: who asks.
        near: occupations whose work is close to what the person has done.
        refused: jobs of a kind the person firmly wants no part of.
        catalog: what credentials open, and what work may not be done without one.
        config: the numbers of the method.
    """
    occupations = catalog.occupations
    months = months_in_field(person, near, occupations)
    is_open = ~np.isnan(person.wages.p25) & ~refused & (months >= occupations.experience_months)
    is_open &= person.in_demand(config.demand_growth_pct, config.demand_openings)
    jobs = _Jobs(person, catalog, months >= config.field_months, is_open)
    least = person.usual_wage * (1.0 + config.minimum_gain)
    found: dict[int, Ready] = {}
    by_credential = list(_by_credential(jobs))
    lesser = {held for one in by_credential for held in _stood_on(one.credential, catalog)}
    ways = (*(one for one in by_credential if one.credential not in lesser), *_by_work(jobs, config))
    for ready in sorted(ways, key=lambda r: -r.opening.wage):
        job = ready.opening.occupation
        if ready.opening.wage >= least and job != person.usual_occupation:
            found.setdefault(job, ready)
    return tuple(sorted(found.values(), key=lambda r: (-r.opening.wage, r.opening.occupation)))


def _by_credential(jobs: _Jobs) -> Iterator[Ready]:
    """The plainest job that each credential held opens to this person."""
    for held in sorted(jobs.person.held):
        ticket = jobs.catalog.credentials[held].kind in TICKETS
        openings = (jobs.opening(row, "credential", at_once=ticket) for row in jobs.catalog.opens[held])
        first = next((opening for opening in openings if opening is not None), None)
        if first is not None:
            yield Ready(first, held)


def _stood_on(credential: str | None, catalog: Catalog) -> Iterator[str]:
    """What a credential was earned from, or holds within it: of both, the higher one speaks."""
    for rule in catalog.rules_into.get(credential or "", ()):
        if rule.relation in {"part", "required"}:
            yield rule.from_credential


def _by_work(jobs: _Jobs, config: MatchConfig) -> Iterator[Ready]:
    """Work the person has done for long enough, and that goes with no licence or certificate they have not named.

    Of work that may have been another the person is asked first: nobody is told they have done what they have not.
    """
    for row, months in sorted(jobs.person.worked_months.items()):
        if row in jobs.person.doubtful:
            continue
        asked = jobs.catalog.licences.goes_with(row, jobs.person.place)
        licensed = not asked or not asked.isdisjoint(jobs.person.held)
        if licensed and months >= config.field_months:
            opening = jobs.opening(row, "work", at_once=True)
            if opening is not None:
                yield Ready(opening, None)
