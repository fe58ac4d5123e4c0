"""Bridges stand in plans where a screen on record, or the language of a course, asks for more than the person has."""

from dataclasses import replace
from datetime import date

import pytest

from app.api.examples import PROFILE
from app.api.mapping import read_seeker
from matching.answer import Answer
from matching.config import MatchConfig
from matching.engine import match
from matching.screens import Screens
from matching.seeker import BasicSkills, Goals, Language, Location, Seeker
from matching.world import World
from taxonomy.credentials import Screen

DAY = date(2026, 11, 22)
NURSE = replace(read_seeker(PROFILE), languages=())
DRIVER = Seeker(
    location=Location(zip="78207"),
    education_level="high_school_diploma",
    goals=Goals(sectors=("transportation",)),
    languages=(Language("es", "native"), Language("en", "basic")),
)


def with_screen(world: World, **asked: float) -> World:
    """The same world, where every provider screens for grades."""
    programs = world.catalog.programs
    screens = [
        Screen(None, provider, asked.get("reading"), asked.get("math"), english=False, verified=True, source="a test",
               edition="1")
        for provider in sorted(set(programs.provider))
    ]  # fmt: skip
    found = Screens.of(screens, programs.provider, programs.credential)
    return replace(world, catalog=replace(world.catalog, screens=found))


def answer(seeker: Seeker, world: World) -> Answer:
    found = match(seeker, world, MatchConfig(), DAY)
    assert found.plans
    return found


def test_a_grade_below_the_screen_puts_a_bridge_before_the_course_and_leaves_its_weeks_unknown(
    starter_world: World,
) -> None:
    low = replace(NURSE, basic_skills=BasicSkills(reading_grade=7.0, math_grade=10.0))

    plans = answer(low, with_screen(starter_world, reading=10.0, math=9.0)).plans

    for plan in plans:
        first, second = plan.steps[:2]
        assert first.kind == "bridge"
        assert first.note is not None
        assert "from grade 7 to grade 10" in first.note
        assert (first.weeks, first.cost_usd, second.starts_after_weeks) == (None, None, None)
        assert (plan.totals.weeks, plan.totals.out_of_pocket_usd) == (None, None)
        assert [step.kind for step in plan.steps].count("bridge") == 1
        assert any("bridge" in unknown for unknown in plan.unknowns)
        assert any("Which grade do you ask for" in question for question in plan.questions)


@pytest.mark.parametrize(
    "skills", [BasicSkills(), BasicSkills(reading_grade=10.0, math_grade=9.0), BasicSkills(reading_grade=12.0)]
)
def test_nothing_is_bridged_where_the_grade_is_reached_or_not_known(skills: BasicSkills, starter_world: World) -> None:
    world = with_screen(starter_world, reading=10.0, math=9.0)

    kinds = {step.kind for plan in answer(replace(NURSE, basic_skills=skills), world).plans for step in plan.steps}

    assert "bridge" not in kinds


def test_a_licence_that_asks_for_english_waits_for_it(starter_world: World) -> None:
    plans = [
        plan
        for plan in answer(DRIVER, starter_world).plans
        if any(s.credential and s.credential.id in ("cdl-a", "cdl-b") for s in plan.steps)
    ]

    assert plans
    for plan in plans:
        bridge = next(step for step in plan.steps if step.kind == "bridge")
        assert bridge.note is not None
        assert "49 CFR 391.11(b)(2)" in bridge.note
        assert plan.totals.weeks is None


def test_basic_english_puts_a_bridge_beside_a_course_without_delay(starter_world: World) -> None:
    basic = replace(NURSE, languages=DRIVER.languages)

    for plan in answer(basic, starter_world).plans:
        bridge = next(step for step in plan.steps if step.kind == "bridge")
        assert bridge.starts_after_weeks == 0.0
        assert bridge.weeks is None
        assert plan.totals.weeks is not None


def test_bridges_change_no_plan_but_add_a_step(starter_world: World) -> None:
    """A screen known of every program alike is no reason to prefer one."""
    low = replace(NURSE, basic_skills=BasicSkills(reading_grade=7.0))

    before, after = answer(low, starter_world), answer(low, with_screen(starter_world, reading=10.0))

    assert [p.id for p in before.plans] == [p.id for p in after.plans]
    assert [p.value for p in before.plans] == [p.value for p in after.plans]
