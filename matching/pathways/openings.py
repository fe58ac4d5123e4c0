"""Openings: the jobs a course opens to this person, and the wage a newcomer is counted at."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog, Occupations
from matching.config import MatchConfig
from matching.exits import ExitLink
from matching.moves import Opening, Person
from matching.tables import Jobs
from taxonomy.codes import Education

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A job zone that is not known is taken for the middle one.
_MIDDLE_ZONE = 3
NO_JOB = -1

# Rung of schooling by Education value; 0 where none is known.
RUNG = np.array([0, *(level.rung for level in Education)], np.int64)
_RUNGS = int(RUNG.max()) + 1


class OpeningGroups:
    """Groups of openings, each numbered once; number 0 opens no job."""

    def __init__(self, goals: frozenset[int]) -> None:
        self._goals = goals
        self.groups: list[tuple[Opening, ...]] = [()]
        self.openings: list[Opening] = []
        self._number: dict[tuple[Opening, ...], int] = {(): 0}
        self._chosen: list[list[int]] = [[NO_JOB] * _RUNGS]
        self._columns: tuple[Ints, Jobs] | None = None

    def number(self, openings: tuple[Opening, ...]) -> int:
        """The number of a group of openings, plainest first."""
        known = self._number.get(openings)
        if known is None:
            known = self._number[openings] = len(self.groups)
            self._chosen.append([self._choose(openings, rung) for rung in range(_RUNGS)])
            self.openings.extend(openings)
            self.groups.append(openings)
            self._columns = None
        return known

    def _choose(self, openings: Sequence[Opening], rung: int) -> int:
        """The job counted: a goal of the person if one is opened on a rung, else the plainest that is."""
        within = [place for place, opening in enumerate(openings) if opening.rung <= rung]
        goals = [place for place in within if openings[place].occupation in self._goals]
        return len(self.openings) + (goals or within)[0] if within else NO_JOB

    def choose(self, groups: Ints, rung: Ints) -> tuple[Ints, Jobs]:
        """The job counted in each group for people on a rung: its place in `openings`, and its columns."""
        if self._columns is None:
            self._columns = np.array(self._chosen, np.int64), _columns(self.openings, self._goals)
        chosen, jobs = self._columns
        place: Ints = chosen[groups, rung]
        return place, jobs.take(place)


def _columns(openings: Sequence[Opening], goals: frozenset[int]) -> Jobs:
    """Openings as columns, and a last row for none, which the place -1 finds."""
    return Jobs(
        opened=np.array([*(True for _ in openings), False]),
        wage=np.array([*(o.wage for o in openings), 0.0]),
        entry_wage=np.array([*(o.entry_wage for o in openings), 0.0]),
        learning_wage=np.array([*(o.learning_wage for o in openings), 0.0]),
        confidence=np.array([*(o.confidence for o in openings), 0.0]),
        is_goal=np.array([*(not goals or o.occupation in goals for o in openings), False]),
    )


class PersonOpenings(OpeningGroups):
    """The openings of every program to one person: jobs with a wage that they could enter, plainest first.

    A licence opens its job at the area's 25th percentile. Other courses do so for who has worked in the field and has
    the usual schooling; one of the two missing (schooling by one rung), the 10th percentile is counted. With both
    missing, without the experience employers ask for, after too short a course, or where the work is not in demand,
    the job is not counted as opened.
    """

    def __init__(self, person: Person, near: Bools, catalog: Catalog, config: MatchConfig) -> None:
        super().__init__(person.goal_occupations)
        self._person, self._catalog, self._config = person, catalog, config
        exits, occupations = catalog.programs.exits, catalog.occupations
        job = np.array([link.occupation for link in exits.links], np.int64)
        self._worked = months_in_field(person, near, occupations)[job]
        self._open = (
            ~np.isnan(person.wages.p25[job])
            & person.outlook.in_demand(config.demand_growth_pct, config.demand_openings)[job]
            & (self._worked >= occupations.experience_months[job])
        )
        self._least_hours = np.array([_least_hours(link, occupations, config) for link in exits.links])
        self._known: dict[int, int] = {}

    def of(self, rows: Ints) -> Ints:
        """The group of each program's openings."""
        exits = self._catalog.programs.exits
        if not exits.links:
            return np.zeros(len(rows), np.int64)
        kinds = exits.of_program.code[rows]
        links = exits.link_rows[kinds]
        with np.errstate(invalid="ignore"):  # unknown hours are a question, not a fault
            short = self._catalog.programs.clock_hours[rows, None] < self._least_hours[links]
        opens = (links >= 0) & self._open[links] & ~short
        width = links.shape[1]
        key = (kinds << width) + opens @ (1 << np.arange(width))
        distinct, first, back = np.unique(key, return_index=True, return_inverse=True)
        groups = [self._group(int(k), links[i], opens[i]) for k, i in zip(distinct, first, strict=True)]
        return np.array(groups, np.int64)[back]

    def _group(self, key: int, links: Ints, opens: Bools) -> int:
        if key not in self._known:
            self._known[key] = self.number(tuple(o for link in links[opens].tolist() for o in self._openings(link)))
        return self._known[key]

    def _openings(self, number: int) -> tuple[Opening, ...]:
        link, person = self._catalog.programs.exits.links[number], self._person
        job = link.occupation
        entry, low = float(person.wages.p25[job]), float(person.wages.p10[job])
        low = entry if np.isnan(low) else low
        if link.licensed:
            return (Opening(job, entry, entry, low, 0, link.basis, link.confidence),)
        rung = int(RUNG[self._catalog.occupations.education[job]])
        if self._worked[number] < self._config.field_months:
            return (Opening(job, low, entry, low, rung, link.basis, link.confidence, cautious=True),)
        return (
            Opening(job, entry, entry, low, rung, link.basis, link.confidence),
            Opening(job, low, entry, low, max(0, rung - 1), link.basis, link.confidence, cautious=True),
        )


def months_in_field(person: Person, near: Bools, occupations: Occupations) -> Floats:
    """Months the person has worked in the field of each occupation: in its SOC broad group, or in work near to it.

    The wider groups would be too wide: picking orders in a warehouse is no experience of driving a crane.
    """
    months = np.zeros(len(occupations.codes))
    for row, worked in person.worked_months.items():
        months[[group == occupations.broad_group[row] for group in occupations.broad_group]] += worked
    total = sum(person.worked_months.values())
    return np.where(near, np.maximum(months, total), months)


def _least_hours(link: ExitLink, occupations: Occupations, config: MatchConfig) -> float:
    """Clock hours below which a course is too short to open the job by itself."""
    if link.licensed or link.examined:
        return 0.0
    share = config.course_share_certificate if link.basis == "credential" else config.course_share
    zone = int(occupations.job_zone[link.occupation]) or _MIDDLE_ZONE
    return share * config.zone_hours[zone]
