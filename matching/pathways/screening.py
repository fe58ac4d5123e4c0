"""Screening: which programs a person's facts of life rule out, and which they put a question to.

Every test has three outcomes for a program: it fits, it does not, or the list does not say. A hard constraint that is
not met rules the program out; an unknown never does, it becomes a concern to be asked about; a soft constraint that is
not met is a concern too. Tests run over all programs at once as arrays.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matching.catalog import Catalog, Programs
from matching.config import MatchConfig
from matching.job_quality import WISHES
from matching.moves import AFTER_SCREENING, Person, Screening
from matching.places import miles_between, unit_vectors
from matching.seeker import Constraint, Seeker
from matching.travel import Journeys
from taxonomy.codes import Education
from taxonomy.sectors import known_sectors

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# The way to each of some points, of which the miles are known too, by one mode.
Ways = Callable[[str, Floats, Floats], Journeys]
_UNSAID_MODES = ("car",)  # travel limits speak of a car where the person names no means

Test = Callable[[Screening, Seeker, Person, Programs, MatchConfig], None]


def no_way_known(_mode: str, _points: Floats, miles: Floats) -> Journeys:
    """Nobody says how long any way takes."""
    return Journeys(np.full(len(miles), np.nan), None)


def screen_programs(
    seeker: Seeker, person: Person, catalog: Catalog, config: MatchConfig, ways: Ways = no_way_known
) -> Screening:
    """Run every test of a program against a person; cost is tested later, when funding is known."""
    programs = catalog.programs
    miles = _miles(person, programs)
    modes = seeker.location.modes or _UNSAID_MODES
    journeys = {mode: ways(mode, programs.point, miles) for mode in modes}
    screening = Screening(miles, programs.hours_per_week, journeys)
    for code in ("exclude_sectors", "sectors", "distance", "travel_time"):
        LIMITS[code](screening, seeker, person, programs, config)
    _screen_state(screening, person, programs, config)
    for code in ("modality", "schedule", "study_hours_per_week", "must_earn_while_training"):
        LIMITS[code](screening, seeker, person, programs, config)
    _screen_language(screening, seeker, programs)
    _screen_skills(screening, seeker, catalog)
    _screen_person(screening, person, programs)
    for code in ("drivers_license", *WISHES):
        LIMITS[code](screening, seeker, person, programs, config)
    return screening


def screen_again(
    screening: Screening, limit: str, seeker: Seeker, person: Person, catalog: Catalog, config: MatchConfig
) -> Screening:
    """The verdicts once a limit is what the seeker now says; every other test stands, none after screening does."""
    again = screening.without(limit, *AFTER_SCREENING)
    if limit in LIMITS:
        LIMITS[limit](again, seeker, person, catalog.programs, config)
    return again


def _miles(person: Person, programs: Programs) -> Floats:
    if person.place is None:
        return np.full(len(programs.kind), np.nan)
    here = unit_vectors(np.array([person.place.latitude]), np.array([person.place.longitude]))
    return miles_between(here[0], programs.point)


def _screen_unwanted(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    unwanted = known_sectors(seeker.goals.exclude_sectors)
    if unwanted:
        screening.rule_out("exclude_sectors", programs.sectors.where(lambda s: not unwanted.isdisjoint(s)))


def _screen_wanted(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    wanted = known_sectors(seeker.goals.sectors)
    if wanted:
        # A program whose sector is not known is not known to be elsewhere: it stays.
        screening.rule_out("sectors", programs.sectors.where(lambda s: bool(s) and wanted.isdisjoint(s)))


def _screen_travel(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    """The way by the quickest of the person's means, where the person set a limit of time."""
    limit = seeker.location.max_minutes
    if limit is None:
        return
    ways = np.array([way.minutes for way in screening.journeys.values()])
    quickest = np.nan_to_num(ways, nan=np.inf).min(axis=0)
    too_long = (quickest > limit) & ~programs.remote
    # A way of which no minutes are known may be the quickest: only where all are known does time rule out.
    screening.rule_out("travel_time", ~np.isnan(ways).any(axis=0) & too_long)
    screening.question("travel_time", too_long)


def _screen_distance(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, config: MatchConfig) -> None:
    limit = seeker.location.max_miles if seeker.location.max_miles is not None else config.default_max_miles
    with np.errstate(invalid="ignore"):
        screening.rule_out("distance", (screening.miles > limit) & ~programs.remote)
    screening.question("distance", np.isnan(screening.miles) & ~programs.remote)


def _screen_state(screening: Screening, person: Person, programs: Programs, config: MatchConfig) -> None:
    """Courses of another state's list are left out unless they lie near: training funds follow the state's own list."""
    place = person.place
    if place is not None:
        elsewhere = programs.listed_in.where(lambda state: state is not None and state != place.state)
        with np.errstate(invalid="ignore"):
            screening.rule_out("other_state", elsewhere & ~(screening.miles <= config.default_max_miles))


def _screen_modality(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    wish = seeker.constraints.modality
    if wish is None:
        return
    unknown = programs.modality.where(lambda m: m is None)
    refused = programs.modality.where(lambda m: m is not None and m not in wish.value)
    if set(wish.value) == {"online"}:
        refused |= programs.hands_on  # with hands or patients: parts of it are in person, whatever the list says
    _apply(screening, "modality", hard=wish.hard, refused=refused, unknown=unknown)


def _screen_schedule(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    wish = seeker.constraints.schedule
    if wish is None or "day" in wish.value:
        return
    flags = [getattr(programs, time) for time in ("evening", "weekend") if time in wish.value]
    fits = np.any([f == 1.0 for f in flags], axis=0) | (programs.flexible == 1.0)
    refused = np.all([f == 0.0 for f in flags], axis=0) & ~fits
    _apply(screening, "schedule", hard=wish.hard, refused=refused, unknown=~fits & ~refused)


def _screen_hours(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    wish, hours = seeker.constraints.study_hours_per_week, screening.hours_per_week
    if wish is None:
        return
    course = ~programs.apprenticeship
    with np.errstate(invalid="ignore"):
        over = (hours > wish.value) & course
        # An estimate from like courses raises the question; only the list's own figure rules out.
        # Of a span of weeks the longest asks for the fewest hours a week: the shortest may ask for too many.
        may_be_over = (programs.most_hours_per_week > wish.value) & ~over & course
    unknown = (np.isnan(hours) & course) | (over & ~programs.weeks_listed) | may_be_over
    _apply(screening, "study_hours_per_week", hard=wish.hard, refused=over & ~unknown, unknown=unknown)


def _screen_earning(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, config: MatchConfig) -> None:
    earn = seeker.constraints.must_earn_while_training
    if earn is None or not earn.value:
        return
    most = config.load_hours_per_week - config.least_work_hours_per_week
    with np.errstate(invalid="ignore"):
        over = (screening.hours_per_week > most) & ~programs.apprenticeship
    refused = over & programs.weeks_listed
    _apply(screening, "must_earn_while_training", hard=earn.hard, refused=refused, unknown=over & ~refused)


def _screen_language(screening: Screening, seeker: Seeker, programs: Programs) -> None:
    spoken = {language.code: language.level for language in seeker.languages}
    if not spoken:
        return
    unspoken = programs.language.where(lambda code: code not in spoken)
    basic = programs.language.where(lambda code: spoken.get(code) == "basic")
    # English not named among the languages is not known to be absent: it is asked, as basic English is.
    foreign = programs.language.where(lambda code: code != "en")
    screening.rule_out("language", unspoken & foreign)
    screening.question("language", (unspoken & ~foreign) | basic)


def _screen_skills(screening: Screening, seeker: Seeker, catalog: Catalog) -> None:
    """Courses that screen for more than the person's test shows: a bridge comes first, which is a question of time."""
    skills = seeker.basic_skills
    for has, asked in ((skills.reading_grade, catalog.screens.reading), (skills.math_grade, catalog.screens.math)):
        if has is not None:
            with np.errstate(invalid="ignore"):
                screening.question("basic_skills", asked > has)


def _screen_person(screening: Screening, person: Person, programs: Programs) -> None:
    screening.rule_out_rows("already_held", [row for c in sorted(person.held) for row in programs.rows_of.get(c, ())])
    if person.education < Education.SOME_COLLEGE:
        screening.question("short_for_degree", programs.short_for_degree)
    if person.age is not None:
        with np.errstate(invalid="ignore"):
            screening.rule_out("age", programs.minimum_age > person.age)


def _screen_licence(screening: Screening, seeker: Seeker, _p: Person, programs: Programs, _: MatchConfig) -> None:
    if seeker.constraints.drivers_license == "none":
        screening.rule_out("drivers_license", programs.driving_licence)
    elif seeker.constraints.drivers_license is None:
        screening.question("drivers_license", programs.driving_licence)


def _screen_jobs(code: str) -> Test:
    """The test of a wish about the work itself: a program is judged by the jobs it may open, as far as known."""
    kind = WISHES[code]

    def test(screening: Screening, seeker: Seeker, person: Person, programs: Programs, _: MatchConfig) -> None:
        wish: Constraint[bool] | None = getattr(seeker.constraints, code)
        if wish is None or not wish.value:
            return
        exits, quality = programs.exits, person.job_quality
        places = exits.link_rows
        jobs = np.array([link.occupation for link in exits.links], np.int64)
        has: Bools = np.append(quality.has[kind][jobs], [False])[places]  # the place of no link, -1, finds the last
        known: Bools = np.append(quality.known[kind][jobs], [False])[places]
        linked = places >= 0
        only: Bools = np.any(linked, axis=1) & np.all(has | ~linked, axis=1)
        clear: Bools = known if wish.hard else known & ~has
        unsure: Bools = np.any(linked & ~clear, axis=1)
        of_program = exits.of_program.code
        # A hard wish closes the job itself (`PersonOpenings`): what else the program opens stays.
        _apply(screening, code, hard=wish.hard, refused=only[of_program], unknown=unsure[of_program])

    return test


def _apply(screening: Screening, code: str, *, hard: bool, refused: Bools, unknown: Bools) -> None:
    if hard:
        screening.rule_out(code, refused)
    else:
        screening.question(code, refused)
    screening.question(code, unknown & ~refused)


# The tests of limits that may give way, each by the constraint whose reason and concern it alone notes.
LIMITS: dict[str, Test] = {
    "exclude_sectors": _screen_unwanted,
    "sectors": _screen_wanted,
    "distance": _screen_distance,
    "travel_time": _screen_travel,
    "modality": _screen_modality,
    "schedule": _screen_schedule,
    "study_hours_per_week": _screen_hours,
    "must_earn_while_training": _screen_earning,
    "drivers_license": _screen_licence,
    **{wish: _screen_jobs(wish) for wish in WISHES},
}
