"""What was ruled out and why, what holds for the whole answer, and whose figures it uses."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.answer import Relaxation
from matching.answer_household import SelfSufficiency
from matching.config import MatchConfig
from matching.explain.account import EXAMPLES, account_of, no_plan, notices, sources
from matching.explain.words import CONCERNS, LIMITS, RULED_OUT
from matching.moves import Found, Path, Person, Screening
from matching.pathways.screening import screen_programs
from matching.reading import read_person
from matching.seeker import Constraints, Goals, Location, Seeker
from matching.wording import say
from matching.world import World

DAY = date(2026, 11, 22)
SOMETHING = Found(paths=[Path()])
LISTED = {"TX": 5446}

# Nothing is said of a household nobody described.
NEEDS = SelfSufficiency(None, "unknown", None, 0, None, None, (), (), say("need.household_unknown"))


def screening(world: World) -> Screening:
    """A screening that has ruled nothing out: nobody asks for anything, from nowhere."""
    return screen_programs(Seeker(), person(Seeker(), world), world.catalog, MatchConfig())


def rule_out(screened: Screening, code: str, *rows: int) -> None:
    which = np.zeros(len(screened.miles), np.bool_)
    which[list(rows)] = True
    screened.rule_out(code, which)


def person(seeker: Seeker, world: World) -> Person:
    return read_person(seeker, world, DAY).person


def said(seeker: Seeker, world: World, **listed: int) -> str:
    return "\n".join(notices(seeker, person(seeker, world), MatchConfig(), NEEDS, listed))


def test_each_constraint_is_counted_with_its_first_examples_most_frequent_first(starter_world: World) -> None:
    screened = screening(starter_world)
    for row in range(10):
        screened.rule_out_rows("distance" if row < 7 else "schedule", [row])

    far, late = account_of(screened, Found(), starter_world.catalog.programs.records)

    assert (far.constraint, far.count, late.constraint, late.count) == ("distance", 7, "schedule", 3)
    names = {starter_world.catalog.programs.records[row].name for row in range(7)}
    assert 1 <= len(far.examples) <= EXAMPLES
    assert set(far.examples) <= names
    assert "7" in far.detail
    assert RULED_OUT["distance"] in far.detail


def test_the_first_reason_a_program_is_out_for_is_the_one_counted(starter_world: World) -> None:
    screened = screening(starter_world)
    screened.rule_out_rows("distance", [0])
    screened.rule_out_rows("schedule", [0])

    (only,) = account_of(screened, Found(), starter_world.catalog.programs.records)

    assert (only.constraint, only.count) == ("distance", 1)


def test_what_the_search_rejected_is_counted_beside_what_screening_did(starter_world: World) -> None:
    screened = screening(starter_world)
    screened.rule_out_rows("education", [0])

    (only,) = account_of(
        screened, Found(rejected={5: "education", 6: "education"}), starter_world.catalog.programs.records
    )

    assert only.count == 3


def test_nothing_ruled_out_is_no_account(starter_world: World) -> None:
    assert account_of(screening(starter_world), Found(), starter_world.catalog.programs.records) == ()


def test_every_answer_says_that_it_is_no_decision_and_what_the_value_leaves_out(starter_world: World) -> None:
    assert said(Seeker(education_level="associate"), starter_world).startswith("\n".join(LIMITS))


@pytest.mark.parametrize(
    ("seeker", "words"),
    [
        (Seeker(), "No ZIP code was given"),
        (Seeker(location=Location(zip="99999")), "The ZIP code is not among the places installed"),
        (Seeker(location=Location(zip="78207")), "programs up to 50 miles away were looked at"),
        (Seeker(), "Schooling was not stated"),
        (Seeker(), "Usual pay was not stated"),
        (Seeker(constraints=Constraints(convictions=("theft",))), "A record never lowers a plan here."),
        (Seeker(goals=Goals(occupations=("99-9999",))), "None of the jobs you want was understood"),
        (Seeker(goals=Goals(sectors=("zymurgy",))), "“zymurgy” is not a sector known here"),
        (Seeker(goals=Goals(exclude_sectors=("zymurgy",))), "“zymurgy” is not a sector known here"),
    ],
)
def test_what_was_not_said_or_not_known_is_said(seeker: Seeker, words: str, starter_world: World) -> None:
    assert words in said(seeker, starter_world)


def test_what_was_said_is_not_asked_for(starter_world: World) -> None:
    whole = Seeker(
        location=Location(zip="78207", max_miles=10.0),
        education_level="associate",
        goals=Goals(sectors=("healthcare",)),
    )

    known = replace(person(whole, starter_world), usual_wage_basis="stated")

    programs = say("notice.known_programs", state="TX", number="7")
    assert notices(whole, known, MatchConfig(), NEEDS, {"TX": 7}) == (*LIMITS, programs)


def test_that_no_list_of_a_state_is_installed_is_said_and_looks_like_no_lack_of_programs(
    starter_world: World,
) -> None:
    here = Seeker(location=Location(zip="78207"))

    assert "No list of approved programs of TX is installed" in said(here, starter_world, NJ=3)
    assert "No list of approved programs" not in said(here, starter_world, TX=7)
    assert "No list of approved programs" not in said(Seeker(), starter_world)


def test_how_many_programs_of_the_state_are_known_is_said_as_few_may_be_why_there_is_no_plan(
    starter_world: World,
) -> None:
    here = Seeker(location=Location(zip="78207"))

    assert "Programs known here from the list of TX: 1,007." in said(here, starter_world, TX=1007, NJ=5)


def test_a_limit_of_time_is_no_limit_in_miles(starter_world: World) -> None:
    in_time = Seeker(location=Location(zip="78207", max_minutes=45.0))

    assert "No limit in miles was given" in said(in_time, starter_world, TX=7)


def test_no_plan_is_said_only_when_there_is_none_and_points_to_a_limit_only_when_one_opens_a_plan(
    starter_world: World,
) -> None:
    opens, asking = (
        Relaxation("distance", 10, 20, 1, 0.0, "Going up to 20 miles: 1 further plan."),
        person(Seeker(), starter_world),
    )

    assert no_plan(SOMETHING, (), asking, LISTED) == ()
    assert no_plan(Found(), [opens], asking, LISTED) == (say("notice.no_plan"),)
    assert no_plan(Found(), (), asking, LISTED) == (say("notice.no_plan_by_one_limit"),)


def test_where_no_list_of_the_state_is_installed_no_limit_is_said_to_stand_in_the_way(starter_world: World) -> None:
    asking = person(Seeker(location=Location(zip="78207")), starter_world)

    assert no_plan(Found(), (), asking, {"NJ": 7}) == (say("notice.no_plan_without_list", state="TX"),)
    assert no_plan(Found(), (), asking, LISTED) == (say("notice.no_plan_by_one_limit"),)


def test_where_pay_stands_against_most_programs_that_is_said(starter_world: World) -> None:
    well_paid = replace(person(Seeker(), starter_world), usual_wage=62.0)

    [notice] = no_plan(Found(rejected={3: "no_better_pay", 4: "no_better_pay", 5: "max_weeks"}), (), well_paid, LISTED)

    # What the figure rests on is said with it: the person may never have named it.
    assert "pays better than $62.00 an hour (an estimate" in notice
    assert no_plan(Found(rejected={3: "no_better_pay", 4: "max_weeks"}), (), well_paid, LISTED) == (
        say("notice.no_plan_by_one_limit"),
    )


def test_every_source_carries_its_attribution_and_address(starter_world: World) -> None:
    listed = sources(starter_world.snapshot)

    assert listed
    assert [s.id for s in listed if not (s.title and s.publisher and s.edition and s.licence)] == []
    assert any("O*NET" in s.attribution for s in listed)


def test_words_are_whole_sentences() -> None:
    assert [code for code, concern in CONCERNS.items() if not concern.check.endswith(".")] == []
    assert [code for code, concern in CONCERNS.items() if not concern.question.endswith("?")] == []
    assert [code for code, words in RULED_OUT.items() if words.endswith(".")] == []
