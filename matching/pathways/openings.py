"""Openings: the jobs a course opens to this person, and the wage a newcomer is counted at."""

import numpy as np

from matching.catalog import Catalog, ExitLink
from matching.config import MatchConfig
from matching.moves import Opening, Person
from taxonomy.codes import Education

# A job zone that is not known is taken for the middle one.
_MIDDLE_ZONE = 3


def list_openings(row: int, person: Person, catalog: Catalog, config: MatchConfig) -> tuple[Opening, ...]:
    """Jobs with a wage that the person could enter from a program, plainest first.

    A licence opens its job at the area's 25th percentile. Other courses do so for who has worked in the field and has
    the usual schooling; one of the two missing (schooling by one rung), the 10th percentile is counted. With both
    missing, without the experience employers ask for, after too short a course, or where the work is not in demand,
    the job is not counted as opened.
    """
    found: list[Opening] = []
    for link in catalog.programs.exits[row]:
        job = link.occupation
        entry, low = float(person.wages.p25[job]), float(person.wages.p10[job])
        if np.isnan(entry) or not in_demand(job, catalog, config) or _too_short(row, link, catalog, config):
            continue
        worked = months_in_field(job, person, catalog)
        if worked < catalog.occupations.experience_months[job]:
            continue
        low = entry if np.isnan(low) else low
        if link.licensed:
            found.append(Opening(job, entry, entry, low, 0, link.basis, link.confidence))
            continue
        asked = int(catalog.occupations.education[job])
        rung = Education(asked).rung if asked else 0
        if worked >= config.field_months:
            found.append(Opening(job, entry, entry, low, rung, link.basis, link.confidence))
            rung -= 1
        found.append(Opening(job, low, entry, low, max(0, rung), link.basis, link.confidence, cautious=True))
    return tuple(found)


def in_demand(job: int, catalog: Catalog, config: MatchConfig) -> bool:
    """Whether work is projected to grow, or to hire many all the same; unknown is not held against it."""
    growth = catalog.occupations.growth_pct[job]
    openings = catalog.occupations.openings_per_year[job]
    shrinks = not np.isnan(growth) and growth < config.demand_growth_pct
    return not (shrinks and (np.isnan(openings) or openings < config.demand_openings))


def months_in_field(job: int, person: Person, catalog: Catalog) -> float:
    """Months the person has worked in the job's major group (the first two digits of its code)."""
    codes = catalog.occupations.codes
    return sum(months for row, months in person.worked_months.items() if codes[row][:2] == codes[job][:2])


def _too_short(row: int, link: ExitLink, catalog: Catalog, config: MatchConfig) -> bool:
    """Whether a course is too short to open the job by itself; unknown length is a question, not a fault."""
    hours = catalog.programs.clock_hours[row]
    if link.licensed or link.examined or np.isnan(hours):
        return False
    share = config.course_share_certificate if link.basis == "credential" else config.course_share
    zone = int(catalog.occupations.job_zone[link.occupation]) or _MIDDLE_ZONE
    return bool(hours < share * config.zone_hours[zone])
