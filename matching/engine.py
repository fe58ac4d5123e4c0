"""The method on one screen: resolve, capability, fit, targets, pathways, value, evidence, selection, explanation.

`match` is the one door for a single request and for a row of a list. It is pure: the same seeker, world, configuration
and day give the same answer, byte for byte.
"""

from collections.abc import Sequence
from datetime import date
from math import isnan

import numpy as np
import numpy.typing as npt

from matching.answer import Answer, Relaxation
from matching.capability.profile import Capability
from matching.config import METHOD_VERSION, MatchConfig
from matching.explain.account import account_of, beside_plans, no_plan, notices, sources, without_plan
from matching.explain.bridges import Bridges
from matching.explain.checks import Checks
from matching.explain.job_rules import JobRules
from matching.explain.open_now import write_open_now
from matching.explain.plans import PlanWriter
from matching.explain.reasons import FAR, Hopes
from matching.explain.selection import Selected, select
from matching.explain.steps import StepWriter
from matching.fit.gap import largest_gaps
from matching.household import Household, household_of
from matching.moves import Found, Path, Person, Ready, Screening
from matching.occupations import education_value
from matching.pathways.ground import Ground
from matching.pathways.moves import Offered, list_moves, list_offered
from matching.pathways.screening import Ways, screen_again, screen_programs
from matching.pathways.search import search
from matching.pathways.stacking import Stacking
from matching.pathways.widening import Sought, beyond
from matching.places import law_area
from matching.reading import Reading, read_person, wished_out_of_pocket, with_limits, with_schooling
from matching.relaxing import Trial, active_in, by_gain, held_trials, last_trials, list_trials, relaxations
from matching.seeker import Seeker
from matching.terms import PersonTerms, for_programs, terms_for, with_wishes
from matching.terms import with_schooling as schooled_terms
from matching.value.value import Valuation
from matching.wording import LANGUAGES
from matching.world import World
from taxonomy.frozen import frozen
from taxonomy.sectors import known_sectors

Ints = npt.NDArray[np.int64]


@frozen
class Solution:
    """What the search found for one seeker, before anything is written out."""

    reading: Reading
    screening: Screening
    offered: Offered
    ground: Ground
    found: Found
    terms: PersonTerms
    nearness: dict[int, float]  # by occupation row
    selected: tuple[Selected, ...]
    ready: tuple[Ready, ...]  # work that is open without a plan


def match(seeker: Seeker, world: World, config: MatchConfig, today: date) -> Answer:
    """Plans for one seeker on a day."""
    trials = list_trials(seeker)
    solution = solve(seeker, world, config, today, trials)
    household = household_of(seeker, solution.reading.person.place, world, today)
    writer = _writer(seeker, solution, world, household)
    valuation = Valuation(solution.reading.person.usual_wage, config)
    opened = _opened(seeker, trials, solution, world, config, today)
    said = notices(seeker, solution.reading.person, config, household.needs, world.catalog.listed)
    plans = tuple(writer.plan(chosen, valuation.explain(chosen.path)) for chosen in solution.selected)
    said = (*said, *without_plan(solution.reading.understood.goals, plans))
    none = no_plan(solution.found, opened, solution.reading.person, world.catalog.listed)
    return Answer(
        as_of=today.isoformat(),
        snapshot=world.snapshot.digest,
        method_version=METHOD_VERSION,
        reference=seeker.reference,
        language=LANGUAGES[0],
        understood=solution.reading.understood,
        plans=plans,
        ruled_out=account_of(solution.screening, solution.found, world.catalog.programs.records),
        relaxations=opened,
        notices=(*said, *none, *beside_plans(solution.ready)),
        sources=sources(world.snapshot),
        self_sufficiency=household.needs,
        open_now=write_open_now(solution.ready, writer.writer),
    )


def solve(seeker: Seeker, world: World, config: MatchConfig, today: date, trials: Sequence[Trial] = ()) -> Solution:
    """Find and select the paths; what the trials may open is made ready too."""
    reading = read_person(seeker, world, today)
    person = reading.person
    screening = screen_programs(seeker, person, world.catalog, config, _ways(person, world, today))
    programs = _within_reach(screening, trials, person, world, config)
    terms = terms_for(seeker, person, world, config, today, programs)
    offered = list_offered(person, world.catalog, terms.for_moves)
    moves = list_moves(screening, person, offered, wished_out_of_pocket(seeker))
    ground = _ground(offered, person, terms)
    found = search(ground, moves, person)
    unwelcome, sector = known_sectors(seeker.goals.exclude_sectors), world.catalog.occupations.sector
    ready = tuple(r for r in terms.for_moves.openings.standing.ready if sector[r.opening.occupation] not in unwelcome)
    nearness = _nearness(found.paths, ready, person, world)
    unwanted = person.job_quality.against(seeker.constraints, hard_only=False)
    chosen = select(
        found.paths,
        config.max_plans,
        lambda path: _is_far(path, nearness),
        lambda path: any(o is not None and bool(unwanted[o.occupation]) for o in path.openings),
        lambda path: _in_common(path, seeker.goals.interests, world),
    )
    return Solution(reading, screening, offered, ground, found, terms, nearness, tuple(chosen), ready)


def _opened(
    seeker: Seeker, trials: Sequence[Trial], solution: Solution, world: World, config: MatchConfig, today: date
) -> tuple[Relaxation, ...]:
    """What each limit would open if it gave way, and each credential that past work goes with and nobody named.

    Where there is no plan at all, also what is seldom meant as a limit.
    """
    found, person = solution.found, solution.reading.person
    active = active_in(solution.screening, found)
    opened = list(relaxations(trials, active, found, lambda trial: _relaxed(trial, world, config, today, solution)))
    for held in held_trials(seeker, person):
        opened += relaxations(
            [held], {held.constraint}, found, lambda trial: solve(trial.seeker, world, config, today).found
        )
    if not found.paths:
        last = last_trials(seeker, person, config)
        opened += relaxations(
            last, active | {"occupations"}, found, lambda trial: _seldom(trial, world, config, solution)
        )
    return tuple(sorted(opened, key=by_gain))


def _within_reach(
    screening: Screening, trials: Sequence[Trial], person: Person, world: World, config: MatchConfig
) -> Ints:
    """Programs that are open, or come to be once a limit gives way as far as it is tried."""
    reached = screening.open
    farthest = {trial.constraint: trial.seeker for trial in trials}
    for limit, seeker in farthest.items():
        reached |= screen_again(screening, limit, seeker, person, world.catalog, config).open
    return np.flatnonzero(reached)


def _relaxed(trial: Trial, world: World, config: MatchConfig, today: date, known: Solution) -> Found:
    """The paths once a limit gave way: found anew, with what stays the same for the person taken as known."""
    seeker = trial.seeker
    if education_value(seeker.education_level) != known.reading.person.education:
        return _schooled(seeker, world, config, today, known)
    before, person = known.reading.person, with_limits(known.reading.person, seeker)
    screening = screen_again(known.screening, trial.constraint, seeker, person, world.catalog, config)
    terms, offered, ground = with_wishes(known.terms, seeker, person), known.offered, known.ground
    if terms is not known.terms:
        offered = list_offered(person, world.catalog, terms.for_moves)
        ground = _ground(offered, person, terms)
    moves = list_moves(screening, person, offered, wished_out_of_pocket(seeker))
    if terms is not known.terms or not screening.is_wider_than(known.screening):
        # Other jobs are counted, or a way that opened made a longer one needless, so that plans may be plans no more.
        still_open = [p for p in known.found.paths if all(screening.reason(move.program) is None for move in p.moves)]
        return search(ground, moves, person, Sought(still_open))
    new = screening.differs_from(known.screening)[offered.moves.program]
    return search(ground, moves, person, beyond(known.found.paths, before, person, new))


def _schooled(seeker: Seeker, world: World, config: MatchConfig, today: date, known: Solution) -> Found:
    """The paths with more schooling, which changes more than limits: what it has no part in is taken as known."""
    person = with_schooling(known.reading.person, seeker, world)
    screening = screen_programs(seeker, person, world.catalog, config, _ways(person, world, today))
    terms = schooled_terms(known.terms, seeker, person, today)
    offered = list_offered(person, world.catalog, terms.for_moves)
    moves = list_moves(screening, person, offered, wished_out_of_pocket(seeker))
    return search(_ground(offered, person, terms), moves, person, Sought())


def _seldom(trial: Trial, world: World, config: MatchConfig, known: Solution) -> Found:
    """The paths once what is seldom meant as a limit gave way, for who has none; other programs may be in question."""
    before, person = known.reading.person, with_limits(known.reading.person, trial.seeker)
    screening = screen_again(known.screening, trial.constraint, trial.seeker, person, world.catalog, config)
    if person.goal_occupations == before.goal_occupations and np.array_equal(screening.open, known.screening.open):
        return Found()
    terms = for_programs(known.terms, person, np.flatnonzero(screening.open))
    offered = list_offered(person, world.catalog, terms.for_moves)
    moves = list_moves(screening, person, offered, wished_out_of_pocket(trial.seeker))
    return search(_ground(offered, person, terms), moves, person, Sought())


def _ways(person: Person, world: World, today: date) -> Ways:
    area = law_area(person.place)
    return lambda mode, points, miles: world.travel.journeys(person.place, points, miles, mode, area, today)


def _ground(offered: Offered, person: Person, terms: PersonTerms) -> Ground:
    """What all searches for the person stand on."""
    courses, config = terms.world.courses, terms.config
    stacking, valuation = Stacking.of(courses.rules, person, config), Valuation(person.usual_wage, config)
    alike = courses.alike[offered.moves.program]
    return Ground(offered.moves, alike, terms.for_moves.openings, stacking, valuation, config)


def _writer(seeker: Seeker, solution: Solution, world: World, household: Household) -> PlanWriter:
    steps = StepWriter(
        world.snapshot,
        world.catalog,
        solution.reading.person,
        solution.terms.facts,
        solution.screening,
        Checks(
            world.catalog.legal_bars,
            seeker.constraints.convictions or (),
            seeker.constraints.physical_limits,
            seeker.basic_skills,
            solution.reading.person.age,
            by_transit="transit" in seeker.location.modes,
        ),
        solution.nearness,
        household.needs,
        household.risks,
        Bridges(world.catalog.screens, seeker.basic_skills, _basic_english(seeker)),
        JobRules(
            solution.reading.person,
            world.catalog.places.areas,
            household.needs,
            solution.terms.config.demand_growth_pct,
            solution.terms.config.demand_openings,
        ),
    )
    ends = {chosen.path.openings[-1].occupation for chosen in solution.selected if chosen.path.openings[-1]}
    return PlanWriter(
        steps,
        {row: _to_learn(solution.reading.capability, row, world) for row in sorted(ends)},
        bool(seeker.constraints.child_care_needed),
        Hopes(seeker.goals.min_hourly_wage_usd, seeker.goals.interests),
        {one.opening.occupation: one.opening.wage for one in solution.ready},
    )


def _basic_english(seeker: Seeker) -> bool:
    return any(language.code == "en" and language.level == "basic" for language in seeker.languages)


def _nearness(paths: Sequence[Path], ready: Sequence[Ready], person: Person, world: World) -> dict[int, float]:
    """How near each job found is to the person's past work; without a work history, unknown."""
    found = [*(o for path in paths for o in path.openings if o), *(one.opening for one in ready)]
    rows = sorted({opening.occupation for opening in found})
    chances = world.transitions.feasibility(sorted(person.worked_months.items()), rows)
    return {row: round(float(c), 4) for row, c in zip(rows, chances, strict=True) if not isnan(c)}


def _is_far(path: Path, nearness: dict[int, float]) -> bool:
    last = path.openings[-1]
    return last is not None and nearness.get(last.occupation, 1.0) < FAR


def _in_common(path: Path, interests: str | None, world: World) -> int:
    """Interests the person has in common with the job at the end of a path."""
    last = path.openings[-1]
    letters = None if last is None else world.catalog.occupations.records[last.occupation].interests
    return len(set(interests or "") & set(letters or ""))


def _to_learn(capability: Capability, row: int, world: World) -> tuple[str, ...]:
    columns = largest_gaps(capability.level, world.snapshot.need[row], world.weights[row], most=3)
    return tuple(world.descriptors[c] for c in columns)
