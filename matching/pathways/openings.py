"""Openings: the jobs a course opens to this person, and the wage a newcomer is counted at."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog
from matching.coded import Coded
from matching.config import MatchConfig
from matching.exits import ExitLink
from matching.moves import Opening, Person, Ready
from matching.occupations import Occupations
from matching.pathways.pareto import group_rows
from matching.tables import Jobs
from taxonomy.codes import Education
from taxonomy.frozen import frozen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A job zone that is not known is taken for the middle one.
_MIDDLE_ZONE = 3
NO_JOB = -1

# Rung of schooling by Education value; 0 where none is known.
RUNG = np.array([0, *(level.rung for level in Education)], np.int64)
_RUNGS = int(RUNG.max()) + 1


class Openings(Protocol):
    """Groups of openings by number, as far as the search needs them; group 0 opens no job."""

    @property
    def jobs(self) -> Jobs:
        """Every opening by its place, and a last row for none, which NO_JOB finds."""

    @property
    def chosen(self) -> Ints:
        """Groups x rungs: the place of the job counted for people on a rung of schooling."""

    def opening(self, place: int) -> Opening | None:
        """The opening at a place, None at NO_JOB."""


def places_chosen(places: Ints, exists: Bools, rung: Ints, is_goal: Bools) -> Ints:
    """The place counted in each group on each rung: a goal of the person if one is opened, else the plainest that is.

    Args:
        places: groups x most openings, plainest first.
        exists: which of these places hold an opening.
        rung: least rung of each place.
        is_goal: whether each place is a goal.
    """
    within = exists[:, None, :] & (rung[places][:, None, :] <= np.arange(_RUNGS)[:, None])
    wanted = within & is_goal[places][:, None, :]
    counted = np.where(wanted.any(axis=2, keepdims=True), wanted, within)
    if not counted.shape[2]:
        return np.full(counted.shape[:2], NO_JOB)
    at = np.take_along_axis(places, counted.argmax(axis=2), axis=1)
    return np.where(counted.any(axis=2), at, NO_JOB)


@frozen(eq=False)
class Offers:
    """The jobs each program is long enough to open, before a person is known: sets of links, each kept once."""

    occupations: Occupations
    set_of: Ints  # set of each program
    links: tuple[ExitLink, ...]
    members: Ints  # sets x most links: places in `links`, -1 where a set has fewer
    places: Ints  # sets x twice as many: the two places of each link (`PersonOpenings`)
    filled: Bools  # which of them a link fills
    alike: Ints  # equal for links that differ in nothing an opening shows
    occupation: Ints  # of each link; likewise below
    licensed: Bools
    vouched: Bools  # by a credential we know
    confidence: Floats
    asked: Ints  # rung of schooling usual in the job
    brief: Bools  # the course only rehearses what the exam asks: it opens the job to people of the field alone

    @classmethod
    def of(cls, catalog: Catalog, config: MatchConfig) -> "Offers":
        """The offers of a catalog."""
        exits, occupations = catalog.programs.exits, catalog.occupations
        least = np.array([_least_hours(link, occupations, config) for link in exits.links])
        taught = np.array([_taught_hours(link, occupations, config) for link in exits.links])
        hours = catalog.programs.clock_hours
        rows = exits.link_rows[exits.of_program.code]
        long_enough, brief = rows >= 0, np.zeros(rows.shape, np.bool_)
        if exits.links:
            with np.errstate(invalid="ignore"):  # unknown hours are a question, not a fault
                long_enough &= ~(hours[:, None] < least[rows])
                brief = long_enough & (hours[:, None] < taught[rows])
        # Each link stands twice: for courses that teach the work, and for those that only rehearse its exam.
        links = exits.links * 2
        rows = np.where(brief, rows + len(exits.links), rows)
        fitting = Coded(map(tuple, np.where(long_enough, rows, -1).tolist()))
        sets = fitting.map(lambda places: tuple(place for place in places if place >= 0))
        job = np.array([link.occupation for link in links], np.int64)
        members = _padded(sets.values)
        return cls(
            occupations=occupations,
            set_of=sets.code,
            links=links,
            members=members,
            places=np.repeat(members * 2, 2, axis=1) + np.tile([0, 1], members.shape[1]),
            filled=np.repeat(members, 2, axis=1) >= 0,
            alike=Coded((link.occupation, link.basis, link.confidence, link.licensed) for link in links).code,
            occupation=job,
            licensed=np.array([link.licensed for link in links], np.bool_),
            vouched=np.array([link.basis == "credential" for link in links], np.bool_),
            confidence=np.array([link.confidence for link in links], np.float64),
            asked=RUNG[occupations.education[job]],
            brief=np.arange(len(links)) >= len(exits.links),
        )


def _padded(sets: Sequence[tuple[int, ...]]) -> Ints:
    members = np.full((len(sets), max(map(len, sets), default=0)), -1, np.int64)
    for row, members_of_set in zip(members, sets, strict=True):
        row[: len(members_of_set)] = members_of_set
    return members


@frozen(eq=False)
class Standing:
    """How a person stands to the jobs before any course."""

    near: Bools  # the work is close to what they have done
    refused: Bools  # of a kind they firmly want no part of
    ready: tuple[Ready, ...] = ()  # open already


class PersonOpenings:
    """The openings of programs to one person: jobs with a wage that they could enter, plainest first.

    A licence opens its job at the area's 25th percentile. Other courses do so for who has worked in the field and has
    the usual schooling; one of the two missing (schooling by one rung), the 10th percentile is counted. With both
    missing, without the experience employers ask for, after too short a course, where the work is not in demand, or
    where it is open without a course at that pay, the job is not counted as opened.

    Each link has two places: the job for who brings what is usual, and the job a rung of schooling below it.
    """

    def __init__(
        self,
        person: Person,
        standing: Standing,
        offers: Offers,
        config: MatchConfig,
        programs: Ints,
    ) -> None:
        self._offers, occupations = offers, offers.occupations
        self.standing = standing
        job = offers.occupation
        entry, low = person.wages.p25[job], person.wages.p10[job]
        low = np.where(np.isnan(low), entry, low)
        worked = months_in_field(person, standing.near, occupations)[job]
        in_demand = person.in_demand(config.demand_growth_pct, config.demand_openings)[job]
        at_home = worked >= config.field_months
        is_open = ~np.isnan(entry) & in_demand & (worked >= occupations.experience_months[job])
        is_open &= ~standing.refused[job] & (at_home | ~offers.brief)
        # A course does not open what is open without it, unless the pay at the start is better.
        paid_now = np.zeros(len(occupations.codes))
        for one in standing.ready:
            paid_now[one.opening.occupation] = one.opening.wage
        is_open &= np.where(offers.licensed | at_home, entry, low) > paid_now[job] * (1.0 + config.minimum_gain)
        # Nor does one that earns nothing we know raise the pay of the work a person does already.
        if person.usual_occupation is not None and person.usual_occupation not in person.doubtful:
            is_open &= offers.vouched | (job != person.usual_occupation)
        self._cautious = _in_turn(~offers.licensed & ~at_home, offers.asked >= 0)
        rung = np.where(offers.licensed, 0, offers.asked)
        self._rung = _in_turn(rung, np.maximum(0, rung - 1))
        exists = _in_turn(is_open, is_open & at_home & ~offers.licensed)
        wage = np.where(self._cautious, _in_turn(low, low), _in_turn(entry, low))
        wanted = np.full(len(occupations.codes), not person.goal_occupations)
        wanted[sorted(person.goal_occupations)] = True
        is_goal = wanted[job]
        self.jobs = Jobs(
            opened=np.append(exists, [False]),
            wage=np.append(wage, 0.0),
            entry_wage=np.append(_in_turn(entry, entry), 0.0),
            learning_wage=np.append(_in_turn(low, low), 0.0),
            confidence=np.append(_in_turn(offers.confidence, offers.confidence), 0.0),
            is_goal=np.append(_in_turn(is_goal, is_goal), [False]),
        )
        sets = np.unique(offers.set_of[programs])
        first, self._group = self._groups(sets, is_open)
        self._members = offers.places[first]
        self._exists = offers.filled[first] & self.jobs.opened[self._members]
        chosen = places_chosen(self._members, self._exists, self._rung, self.jobs.is_goal)
        self.chosen: Ints = np.concatenate([np.full((1, _RUNGS), NO_JOB), chosen])
        self._made: dict[int, Opening] = {}

    def _groups(self, sets: Ints, is_open: Bools) -> tuple[Ints, Ints]:
        """The first set of each group, and the group of each set; sets that come to the same openings are one."""
        members, group = self._offers.members, np.zeros(len(self._offers.members), np.int64)
        opens = (members[sets] >= 0) & is_open[members[sets]]
        some = opens.any(axis=1)
        sets, opens = sets[some], opens[some]
        shown = np.where(opens, self._offers.alike[members[sets]], -1)
        shown = np.take_along_axis(shown, np.argsort(~opens, axis=1, kind="stable"), axis=1)
        _, first, number = np.unique(group_rows([*shown.T]), return_index=True, return_inverse=True)
        group[sets] = number + 1
        return sets[first], group

    def of(self, rows: Ints) -> Ints:
        """The group of the openings of some of the programs."""
        groups: Ints = self._group[self._offers.set_of[rows]]
        return groups

    def group(self, number: int) -> tuple[Opening, ...]:
        """The openings of a group, plainest first."""
        if not number:
            return ()
        found = self._members[number - 1][self._exists[number - 1]]
        return tuple(self._opening(place) for place in found.tolist())

    def opening(self, place: int) -> Opening | None:
        """The opening at a place, None at NO_JOB."""
        return None if place == NO_JOB else self._opening(place)

    def _opening(self, place: int) -> Opening:
        if place not in self._made:
            link, jobs = self._offers.links[place // 2], self.jobs
            self._made[place] = Opening(
                occupation=link.occupation,
                wage=float(jobs.wage[place]),
                entry_wage=float(jobs.entry_wage[place]),
                learning_wage=float(jobs.learning_wage[place]),
                rung=int(self._rung[place]),
                basis=link.basis,
                confidence=link.confidence,
                cautious=bool(self._cautious[place]),
            )
        return self._made[place]


def _in_turn(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The two places of each link: one of the first, one of the second, and so on."""
    return np.column_stack([first, second]).ravel()


def months_in_field(person: Person, near: Bools, occupations: Occupations) -> Floats:
    """Months the person has worked in the field of each occupation: in its SOC broad group, or in work near to it.

    The wider groups would be too wide: picking orders in a warehouse is no experience of driving a crane.
    """
    months = np.zeros(len(occupations.codes))
    field = occupations.broad_group.code
    for row, worked in person.worked_months.items():
        months[field == field[row]] += worked
    total = sum(person.worked_months.values())
    return np.where(near, np.maximum(months, total), months)


def _least_hours(link: ExitLink, occupations: Occupations, config: MatchConfig) -> float:
    """Clock hours below which a course is too short to open the job by itself."""
    if link.licensed or link.examined:
        return 0.0
    share = config.course_share_certificate if link.basis == "credential" else config.course_share
    zone = int(occupations.job_zone[link.occupation]) or _MIDDLE_ZONE
    return share * config.zone_hours[zone]


def _taught_hours(link: ExitLink, occupations: Occupations, config: MatchConfig) -> float:
    """Clock hours below which a course for an exam only rehearses what people of the field know."""
    if link.licensed or not link.examined:
        return 0.0
    return config.course_share_exam * config.zone_hours[int(occupations.job_zone[link.occupation]) or _MIDDLE_ZONE]
