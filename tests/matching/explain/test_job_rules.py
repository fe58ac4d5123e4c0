"""Two rules about a job, high-wage and in-demand: what each part compares, and what the parts come to together."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer_jobs import JobRule, RulePart
from matching.config import MatchConfig
from matching.demand import DemandLists
from matching.engine import match
from matching.explain.job_rules import JobRules
from matching.household import household_of
from matching.moves import Opening, Person
from matching.reading import read_person
from matching.world import World
from taxonomy.law import Parameter

DAY = date(2026, 11, 27)
SEEKER = read_seeker(PROFILE)
NURSE, AIDE = "29-1141.00", "31-1131.00"
ENTRY = Parameter(
    f"demand.{AIDE}", 1.0, "listed", "TX:ALAMO", "2026-07-01", None, "Board list 2026", "x", "2026-11-22", verified=True
)


@pytest.fixture
def row(starter_world: World) -> dict[str, int]:
    return starter_world.catalog.occupations.row


@pytest.fixture
def person(starter_world: World) -> Person:
    return read_person(SEEKER, starter_world, DAY).person


def rules_of(world: World, person: Person, occupation: int, *, need: float | None = None) -> dict[str, JobRule]:
    needs = replace(household_of(SEEKER, person.place, world, DAY).needs, wage_usd_per_hour=need)
    entry = float(person.wages.p25[occupation])
    opening = Opening(occupation, entry, entry, entry, 0, "credential", 1.0)
    rules = JobRules(person, world.catalog.places.areas, needs, growth_pct=0.0, openings=10_000)
    return {rule.rule: rule for rule in rules.of(opening)}


def part(rule: JobRule, name: str) -> RulePart:
    return next(part for part in rule.parts if part.name == name)


def test_the_middle_wage_is_compared_in_the_nearest_area_that_publishes_both(
    starter_world: World, person: Person, row: dict[str, int]
) -> None:
    # The starter set has the middle wage of all work for the nation alone; Texas has wages of jobs only.
    rule = rules_of(starter_world, person, row[AIDE])["high_wage"]

    median = part(rule, "median_of_all_work")
    assert (median.area, median.year, median.source) == ("US", "2025", "oews-us-2025")
    assert median.at_least == 24.51
    assert median.value == starter_world.catalog.places.areas["US"].p50[row[AIDE]]
    assert (median.status, rule.status) == ("no", "no")

    texas = replace(starter_world.catalog.places.areas["TX"], all_work_p50=15.0)
    starter_world.catalog.places.areas["TX"], kept = texas, starter_world.catalog.places.areas["TX"]
    try:
        nearer = part(rules_of(starter_world, person, row[AIDE])["high_wage"], "median_of_all_work")
    finally:
        starter_world.catalog.places.areas["TX"] = kept
    assert (nearer.area, nearer.year, nearer.at_least, nearer.status) == ("TX", "2023", 15.0, "yes")


def test_what_the_household_needs_decides_only_where_it_is_known(
    starter_world: World, person: Person, row: dict[str, int]
) -> None:
    unknown = rules_of(starter_world, person, row[NURSE])["high_wage"]
    assert part(unknown, "household_need").status == "unknown"
    assert unknown.status == "yes"
    assert unknown.sentence.startswith("High pay")

    short = rules_of(starter_world, person, row[NURSE], need=500.0)["high_wage"]
    assert part(short, "household_need").status == "no"
    assert short.status == "no"
    assert "$500.00 your household needs" in short.sentence


def test_pay_that_nobody_published_is_neither_high_nor_low(
    starter_world: World, person: Person, row: dict[str, int]
) -> None:
    nowhere = replace(person, wages=replace(person.wages, ladder=()))
    rules = rules_of(starter_world, nowhere, row[NURSE])

    assert rules["high_wage"].status == "unknown"
    assert rules["high_wage"].sentence.startswith("If this is high pay is not known")


def test_growth_or_openings_or_a_list_make_work_in_demand(
    starter_world: World, person: Person, row: dict[str, int]
) -> None:
    def seen(growth: float, openings: float, lists: DemandLists) -> JobRule:
        outlook = person.outlook
        changed = replace(
            outlook,
            growth_pct=np.full_like(outlook.growth_pct, growth),
            openings_per_year=np.full_like(outlook.openings_per_year, openings),
        )
        return rules_of(starter_world, replace(person, outlook=changed, demand_lists=lists), row[AIDE])["in_demand"]

    board, other_job = DemandLists(board={row[AIDE]: ENTRY}), DemandLists(board={row[NURSE]: ENTRY})
    none = DemandLists()

    assert seen(2.0, 10, none).status == "yes"
    assert seen(-2.0, 50_000, none).status == "yes"
    assert seen(-2.0, 10, none).status == "unknown"  # a list that is not held here may name it
    assert seen(np.nan, np.nan, none).status == "unknown"
    by_list = seen(-2.0, 10, board)
    assert (by_list.status, part(by_list, "board_list").effective_from) == ("yes", "2026-07-01")
    assert by_list.sentence == "In demand: the local board lists this work since 2026-07-01 (Board list 2026)."
    assert part(seen(-2.0, 10, other_job), "board_list").status == "no"


def test_every_exit_of_an_answer_says_both_with_figures_that_name_their_source(starter_world: World) -> None:
    answer = match(SEEKER, starter_world, MatchConfig(), DAY)
    known = {source.id for source in answer.sources}

    exits = [step.exit for plan in answer.plans for step in plan.steps if step.exit]
    assert exits
    for opened in exits:
        assert [rule.rule for rule in opened.rules] == ["high_wage", "in_demand"]
        for rule in opened.rules:
            for figure in rule.parts:
                sourced = figure.source in known or figure.citation or figure.name == "household_need"
                assert sourced or figure.value is None, figure
    for plan in answer.plans:
        last = plan.steps[-1].exit
        assert last is not None
        assert {rule.sentence for rule in last.rules} <= set(plan.reasons)
