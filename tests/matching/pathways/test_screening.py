"""Wishes about the work: a firm one closes jobs known to be against it, a soft one asks, and so does the unknown."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.coded import Coded
from matching.config import MatchConfig
from matching.engine import Solution, match, solve
from matching.moves import concerns_in
from matching.seeker import Constraint, Constraints, EligibilityFacts, Goals, Location, Seeker
from matching.world import World

DAY = date(2026, 11, 27)
DRIVER = Seeker(
    location=Location(zip="78207", max_miles=30.0),
    education_level="high_school_diploma",
    goals=Goals(sectors=("transportation",)),
)


def wishing(*, hard: bool) -> Seeker:
    return replace(DRIVER, constraints=Constraints(no_overnight_travel=Constraint(value=True, hard=hard)))


def solved(seeker: Seeker, world: World) -> Solution:
    return solve(seeker, world, MatchConfig(), DAY)


def truck_courses(world: World) -> list[int]:
    truck = world.catalog.occupations.row["53-3032.00"]
    exits = world.catalog.programs.exits
    return [row for row, links in enumerate(exits) if links and all(link.occupation == truck for link in links)]


def test_a_firm_wish_rules_out_what_leads_only_to_work_known_to_be_against_it(starter_world: World) -> None:
    found = solved(wishing(hard=True), starter_world)

    truck = starter_world.catalog.occupations.row["53-3032.00"]
    assert found.screening.counts["no_overnight_travel"] > 0
    assert not any(o and o.occupation == truck for path in found.found.paths for o in path.openings)
    reasons = {found.screening.reason(row) for row in truck_courses(starter_world)}
    assert None not in reasons


def test_a_soft_wish_rules_nothing_out_and_asks(starter_world: World) -> None:
    found = solved(wishing(hard=False), starter_world)

    assert found.screening.counts["no_overnight_travel"] == 0
    moves = [move for path in found.found.paths for move in path.moves if move.program in truck_courses(starter_world)]
    assert moves
    assert all("no_overnight_travel" in move.concerns for move in moves)


def test_a_degree_listed_as_shorter_than_its_school_years_is_asked_about_where_no_college_came_before(
    starter_world: World,
) -> None:
    programs = starter_world.catalog.programs
    row = next(r for r, c in enumerate(programs.credential) if c == "rn-adn")
    short = programs.short_for_degree.copy()
    assert not short[row]  # the starter set's own lists two school years or more
    short[row] = True
    changed = replace(programs, short_for_degree=short)
    world = replace(starter_world, catalog=replace(starter_world.catalog, programs=changed))

    def asked(education: str | None) -> bool:
        seeker = replace(DRIVER, education_level=education, goals=Goals(sectors=("healthcare",)))
        return "short_for_degree" in concerns_in(int(solved(seeker, world).screening.concerns[row]))

    assert asked("high_school_diploma")
    assert asked(None)
    assert not asked("some_college")
    assert not asked("bachelor")


@pytest.mark.parametrize("hard", [True, False])
def test_work_of_which_nothing_is_known_stays_and_is_asked_about(starter_world: World, *, hard: bool) -> None:
    seeker = replace(wishing(hard=hard), goals=Goals(sectors=("healthcare",)))

    found = solved(seeker, starter_world)

    assert found.found.paths
    assert all("no_overnight_travel" in m.concerns for p in found.found.paths for m in p.moves if m.openings)


def test_giving_way_is_found_by_matching_again_and_true_when_done(starter_world: World) -> None:
    seeker = wishing(hard=True)

    (given,) = [
        r for r in match(seeker, starter_world, MatchConfig(), DAY).relaxations if r.constraint == "no_overnight_travel"
    ]

    before, after = solved(seeker, starter_world), solved(DRIVER, starter_world)
    best = [max((path.value for path in s.found.paths), default=0.0) for s in (before, after)]
    assert (given.from_, given.to) == (True, False)
    assert given.opens_plans > 0
    assert given.gain_usd == pytest.approx(max(0.0, best[1] - best[0]), abs=0.01)


def test_who_is_under_age_is_told_what_federal_law_closes(starter_world: World) -> None:
    builder = replace(
        DRIVER, goals=Goals(sectors=("construction",)), eligibility=EligibilityFacts(birth_year=DAY.year - 17)
    )
    grown = replace(builder, eligibility=EligibilityFacts(birth_year=DAY.year - 30))

    def said(seeker: Seeker) -> str:
        plans = match(seeker, starter_world, MatchConfig(), DAY).plans
        return "\n".join(check for plan in plans for step in plan.steps for check in step.checks)

    assert "closed to people under 18" in said(builder)
    assert "closed to people under 18" not in said(grown)


def test_a_provider_s_own_screen_for_age_and_schooling_is_held(starter_world: World) -> None:
    programs = starter_world.catalog.programs
    rows = np.array([provider == "per-scholas" for provider in programs.provider])

    assert rows.any()
    assert set(programs.minimum_age[rows]) == {18.0}
    assert (programs.education_required[rows] > 1).all()


@pytest.mark.parametrize(("listed_in", "reason"), [("TX", None), ("NJ", "other_state")])
def test_funds_follow_the_list_a_course_stands_on_wherever_its_campus_is(
    listed_in: str, reason: str | None, starter_world: World
) -> None:
    programs = starter_world.catalog.programs
    row = next(r for r in np.flatnonzero(programs.remote).tolist() if programs.exits[r])
    lists = list(programs.listed_in)
    lists[row] = listed_in
    far = programs.point.copy()
    far[row] = -far[row]
    changed = replace(programs, listed_in=Coded(lists), point=far)
    world = replace(starter_world, catalog=replace(starter_world.catalog, programs=changed))
    seeker = Seeker(location=Location(zip="78207"), education_level="bachelor")

    screened = solved(seeker, world).screening

    assert screened.reason(row) == reason


def test_what_is_learned_with_patients_is_not_open_to_who_can_learn_online_alone(starter_world: World) -> None:
    programs = starter_world.catalog.programs
    listed_online = np.array([modality == "online" for modality in programs.modality]) & programs.hands_on
    online, hybrid = Constraint(("online",)), Constraint(("online", "hybrid"))

    def ruled_out(wish: Constraint[tuple[str, ...]]) -> set[str | None]:
        screened = solved(Seeker(constraints=Constraints(modality=wish)), starter_world).screening
        return {screened.reason(row) for row in np.flatnonzero(listed_online).tolist()}

    assert listed_online.any()
    assert ruled_out(online) == {"modality"}
    assert "modality" not in ruled_out(hybrid)
