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
from matching.exits import Exits
from matching.job_quality import WISHES, JobQuality
from matching.moves import Person, Screening
from matching.places import miles_between, unit_vectors
from matching.seeker import Constraint, Constraints, Location, Seeker
from matching.travel import Journeys
from taxonomy.sectors import known_sectors

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# The way to each of some points, of which the miles are known too, by one mode.
Ways = Callable[[str, Floats, Floats], Journeys]
_UNSAID_MODES = ("car",)  # travel limits speak of a car where the person names no means


def no_way_known(_mode: str, _points: Floats, miles: Floats) -> Journeys:
    """Nobody says how long any way takes."""
    return Journeys(np.full(len(miles), np.nan), None)


def screen_programs(
    seeker: Seeker, person: Person, catalog: Catalog, config: MatchConfig, ways: Ways = no_way_known
) -> Screening:
    """Run every test of a program against a person; cost is tested later, when funding is known."""
    programs = catalog.programs
    with np.errstate(invalid="ignore", divide="ignore"):
        hours = programs.clock_hours / programs.weeks
    miles = _miles(person, programs)
    modes = seeker.location.modes or _UNSAID_MODES
    screening = Screening(miles, hours, {mode: ways(mode, programs.point, miles) for mode in modes})
    _screen_wishes(screening, seeker, catalog)
    _screen_distance(screening, seeker, programs, config)
    _screen_travel(screening, seeker.location, programs)
    _screen_state(screening, person, programs, config)
    _screen_modality(screening, seeker.constraints.modality, programs)
    _screen_schedule(screening, seeker.constraints.schedule, programs)
    _screen_hours(screening, seeker, programs, config)
    _screen_language(screening, seeker, programs)
    _screen_skills(screening, seeker, catalog)
    _screen_credential(screening, seeker, person, catalog)
    _screen_jobs(screening, seeker.constraints, person.job_quality, programs.exits)
    return screening


def _miles(person: Person, programs: Programs) -> Floats:
    if person.place is None:
        return np.full(len(programs.kind), np.nan)
    here = unit_vectors(np.array([person.place.latitude]), np.array([person.place.longitude]))
    return miles_between(here[0], programs.point)


def _screen_wishes(screening: Screening, seeker: Seeker, catalog: Catalog) -> None:
    goals, sectors = seeker.goals, catalog.programs.sectors
    unwanted, wanted = known_sectors(goals.exclude_sectors), known_sectors(goals.sectors)
    if unwanted:
        screening.rule_out("exclude_sectors", sectors.where(lambda s: not unwanted.isdisjoint(s)))
    if wanted:
        # A program whose sector is not known is not known to be elsewhere: it stays.
        screening.rule_out("sectors", sectors.where(lambda s: bool(s) and wanted.isdisjoint(s)))


def _from_home(programs: Programs) -> Bools:
    """Courses that nobody travels to. What is learned with hands or patients has parts in person, whatever is said."""
    return programs.modality.where(lambda m: m == "online") & ~programs.hands_on


def _screen_travel(screening: Screening, location: Location, programs: Programs) -> None:
    """The way by the quickest of the person's means, where the person set a limit of time."""
    if location.max_minutes is None:
        return
    away = ~_from_home(programs)
    ways = np.array([way.minutes for way in screening.journeys.values()])
    quickest = np.nan_to_num(ways, nan=np.inf).min(axis=0)
    # A way of which no minutes are known may be the quickest: only where all are known does time rule out.
    screening.rule_out("travel_time", ~np.isnan(ways).any(axis=0) & (quickest > location.max_minutes) & away)
    screening.question("travel_time", (quickest > location.max_minutes) & away)


def _screen_distance(screening: Screening, seeker: Seeker, programs: Programs, config: MatchConfig) -> None:
    online = _from_home(programs)
    limit = seeker.location.max_miles if seeker.location.max_miles is not None else config.default_max_miles
    with np.errstate(invalid="ignore"):
        screening.rule_out("distance", (screening.miles > limit) & ~online)
    screening.question("distance", np.isnan(screening.miles) & ~online)


def _screen_state(screening: Screening, person: Person, programs: Programs, config: MatchConfig) -> None:
    """Courses of another state's list are left out unless they lie near: training funds follow the state's own list."""
    place = person.place
    if place is not None:
        elsewhere = programs.state.where(lambda state: state is not None and state != place.state)
        with np.errstate(invalid="ignore"):
            screening.rule_out("other_state", elsewhere & ~(screening.miles <= config.default_max_miles))


def _screen_modality(screening: Screening, wish: Constraint[tuple[str, ...]] | None, programs: Programs) -> None:
    if wish is None:
        return
    unknown = programs.modality.where(lambda m: m is None)
    refused = programs.modality.where(lambda m: m is not None and m not in wish.value)
    _apply(screening, "modality", hard=wish.hard, refused=refused, unknown=unknown)


def _screen_schedule(screening: Screening, wish: Constraint[tuple[str, ...]] | None, programs: Programs) -> None:
    if wish is None or "day" in wish.value:
        return
    flags = [getattr(programs, time) for time in ("evening", "weekend") if time in wish.value]
    fits = np.any([f == 1.0 for f in flags], axis=0) | (programs.flexible == 1.0)
    refused = np.all([f == 0.0 for f in flags], axis=0) & ~fits
    _apply(screening, "schedule", hard=wish.hard, refused=refused, unknown=~fits & ~refused)


def _screen_hours(screening: Screening, seeker: Seeker, programs: Programs, config: MatchConfig) -> None:
    hours, job = screening.hours_per_week, programs.kind.where(lambda k: k == "apprenticeship")
    wish = seeker.constraints.study_hours_per_week
    with np.errstate(invalid="ignore", divide="ignore"):
        if wish is not None:
            over = (hours > wish.value) & ~job
            # Of a span of weeks the longest asks for the fewest hours a week: the shortest may ask for too many.
            may_be_over = (programs.clock_hours / programs.weeks_least > wish.value) & ~over & ~job
            # An estimate from like courses raises the question; only the list's own figure rules out.
            unknown = (np.isnan(hours) & ~job) | (over & ~programs.weeks_listed) | may_be_over
            _apply(screening, "study_hours_per_week", hard=wish.hard, refused=over & ~unknown, unknown=unknown)
        earn = seeker.constraints.must_earn_while_training
        if earn is not None and earn.value:
            over = (hours > config.load_hours_per_week - config.least_work_hours_per_week) & ~job
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


def _screen_credential(screening: Screening, seeker: Seeker, person: Person, catalog: Catalog) -> None:
    programs = catalog.programs
    held = np.zeros(len(programs.kind), np.bool_)
    held[[row for c in sorted(person.held) for row in programs.rows_of.get(c, ())]] = True
    screening.rule_out("already_held", held)
    if person.age is not None:
        with np.errstate(invalid="ignore"):
            screening.rule_out("age", programs.minimum_age > person.age)
    if seeker.constraints.drivers_license == "none":
        screening.rule_out("drivers_license", programs.driving_licence)
    elif seeker.constraints.drivers_license is None:
        screening.question("drivers_license", programs.driving_licence)


def _screen_jobs(screening: Screening, limits: Constraints, quality: JobQuality, exits: Exits) -> None:
    """Wishes about the work itself: a program is judged by the jobs it may open, as far as they are known."""
    for code, kind in WISHES.items():
        wish: Constraint[bool] | None = getattr(limits, code)
        if wish is None or not wish.value:
            continue
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


def _apply(screening: Screening, code: str, *, hard: bool, refused: Bools, unknown: Bools) -> None:
    if hard:
        screening.rule_out(code, refused)
    else:
        screening.question(code, refused)
    screening.question(code, unknown & ~refused)
