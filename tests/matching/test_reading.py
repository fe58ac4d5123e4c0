"""How a profile is read: what the person would earn otherwise, what they hold, how long they worked."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from matching.answer import Candidate, Resolved
from matching.reading import Reading, confirm_sentences, hard_limit, read_person, with_implied, with_limits
from matching.seeker import (
    Constraint,
    Constraints,
    EligibilityFacts,
    Goals,
    HeldCredential,
    Job,
    Location,
    Seeker,
    StatedSkill,
)
from matching.wording import say
from matching.world import World

DAY = date(2026, 11, 22)
SAN_ANTONIO = Location(zip="78207")
AIDE, CASHIER = "nursing home aide", "cashier"


def read(world: World, **profile: object) -> Reading:
    fields: dict[str, Any] = {"location": SAN_ANTONIO, **profile}
    return read_person(Seeker(**fields), world, DAY)


def row(world: World, code: str) -> int:
    return world.catalog.occupations.row[code]


# What the person would earn otherwise


def test_stated_pay_of_the_latest_job_comes_first(starter_world: World) -> None:
    jobs = (
        Job(title=CASHIER, ended="2020-01", hourly_wage_usd=30.0),
        Job(title=AIDE, ended="2026-03", hourly_wage_usd=14.5),
    )

    person = read(starter_world, work_history=jobs).person

    assert (person.usual_wage, person.usual_wage_basis) == (14.5, "stated")
    assert person.usual_occupation == row(starter_world, "31-1131.00")


def test_the_present_job_is_later_than_any_that_ended(starter_world: World) -> None:
    past = Job(title=CASHIER, ended="2026-10", hourly_wage_usd=19.0)
    present = Job(title=AIDE, current=True, hourly_wage_usd=15.0)

    assert read(starter_world, work_history=(past, present)).person.usual_wage == 15.0


def test_without_stated_pay_the_middle_wage_of_the_last_job_in_the_area_counts(starter_world: World) -> None:
    person = read(starter_world, work_history=(Job(title=AIDE, months=30),)).person

    assert person.usual_wage_basis == "occupation_median"
    assert person.usual_wage == person.wages.p50[row(starter_world, "31-1131.00")]


def test_without_any_job_the_middle_entry_wage_of_jobs_open_to_the_schooling_counts(starter_world: World) -> None:
    schooled = read(starter_world, education_level="bachelor").person
    unschooled = read(starter_world, education_level="less_than_high_school").person
    unsaid = read(starter_world, skills=(StatedSkill("forklift"),)).person

    assert {p.usual_wage_basis for p in (schooled, unschooled, unsaid)} == {"estimate"}
    assert schooled.usual_wage > unschooled.usual_wage > 0
    assert unsaid.usual_wage == unschooled.usual_wage


def test_a_title_that_means_nothing_gives_no_occupation(starter_world: World) -> None:
    reading = read(starter_world, work_history=(Job(title="xqzvw plork", months=30),))

    assert reading.person.usual_occupation is None
    assert reading.person.worked_months == {}
    assert reading.understood.work_history[0].code is None
    assert any("xqzvw plork" in said for said in reading.understood.confirm)


def test_months_are_counted_for_the_occupation_of_a_code(starter_world: World) -> None:
    reading = read(starter_world, work_history=(Job(title="whatever", onet_code="41-2011.00", months=5),))

    assert reading.understood.work_history[0].code == "41-2011.00"
    assert reading.person.worked_months == {row(starter_world, "41-2011.00"): 5.0}


# Months


def test_months_in_one_occupation_add_up_and_unknown_months_count_for_none(starter_world: World) -> None:
    jobs = (Job(title=AIDE, months=10), Job(title=AIDE, months=7), Job(title=CASHIER))

    assert read(starter_world, work_history=jobs).person.worked_months == {row(starter_world, "31-1131.00"): 17.0}


# Credentials


def held(world: World, *credentials: HeldCredential) -> frozenset[str]:
    return read(world, credentials=credentials).person.held


def test_a_credential_that_ran_out_is_not_held(starter_world: World) -> None:
    assert held(starter_world, HeldCredential("CNA", "TX", "2024-01")) == frozenset()
    assert held(starter_world, HeldCredential("CNA", "TX", "2026-10-31")) == frozenset()


def test_a_credential_counts_to_the_end_of_its_last_month(starter_world: World) -> None:
    assert "cna" in held(starter_world, HeldCredential("CNA", "TX", "2026-11"))


def test_a_credential_of_another_state_is_held_and_said_to_be_checked(starter_world: World) -> None:
    reading = read(starter_world, credentials=(HeldCredential("LPN", "OH", "2027-05"),))

    assert "lvn" in reading.person.held
    assert "OH" in (reading.understood.credentials[0].note or "")
    assert reading.understood.credentials[0].confirm


def test_an_ambiguous_credential_is_not_held(starter_world: World) -> None:
    assert held(starter_world, HeldCredential("CPT")) == frozenset()


def test_what_a_credential_cannot_be_earned_without_is_held_with_it(starter_world: World) -> None:
    # A paramedic has been an emergency medical technician: the rule knows no other way.
    assert {"paramedic", "emt"} <= held(starter_world, HeldCredential("paramedic"))


def test_a_licence_whose_class_is_not_said_counts_as_the_usual_one_and_is_asked_about(starter_world: World) -> None:
    plain_cdl = read(starter_world, credentials=(HeldCredential("CDL", "TX"),))
    class_a = read(starter_world, credentials=(HeldCredential("CDL Class A", "TX"),))

    assert "cdl-a" in plain_cdl.person.held
    assert any("may also mean Class B CDL" in line for line in plain_cdl.understood.confirm)
    assert not any("Class B" in line for line in class_a.understood.confirm)


def test_who_holds_a_licence_holds_those_it_is_made_of(starter_world: World) -> None:
    assert "cdl-b" in with_implied({"cdl-a"}, starter_world)
    assert {"cdl-b", "cdl-b-passenger"} <= with_implied({"cdl-b-school-bus"}, starter_world)
    assert "cdl-b-passenger" not in with_implied({"cdl-b"}, starter_world)


def test_one_of_several_ways_in_is_not_implied(starter_world: World) -> None:
    # The bridge takes vocational nurses or paramedics: holding it does not say which.
    assert with_implied({"rn-bridge"}, starter_world) == frozenset({"rn-bridge"})


def test_credentials_lift_what_a_person_is_taken_to_be_able_to_do(starter_world: World) -> None:
    without = read(starter_world, education_level="high_school_diploma").capability
    with_cna = read(
        starter_world, education_level="high_school_diploma", credentials=(HeldCredential("CNA", "TX"),)
    ).capability

    assert (with_cna.level >= without.level).all()
    assert (with_cna.level > without.level).any()


# The rest


def test_only_hard_limits_limit() -> None:
    assert hard_limit(None) == hard_limit(Constraint(500.0, hard=False)) == float("inf")
    assert hard_limit(Constraint(500.0)) == 500.0


def test_goals_are_codes_or_titles_and_what_is_neither_is_left_out(starter_world: World) -> None:
    goals = Goals(occupations=("29-2061.00", "phlebotomist", "xqzvw plork"))

    found = read(starter_world, goals=goals, education_level="bachelor").person.goal_occupations

    assert found == {row(starter_world, "29-2061.00"), row(starter_world, "31-9097.00")}


def test_an_unknown_zip_code_gives_no_place_and_national_wages(starter_world: World) -> None:
    person = read(starter_world, location=Location(zip="99999"), education_level="associate").person

    assert person.place is None
    assert person.wages.ladder == ("US",)


def test_age_is_known_only_when_the_year_of_birth_is(starter_world: World) -> None:
    assert read(starter_world, education_level="associate").person.age is None
    assert read(starter_world, eligibility=EligibilityFacts(birth_year=2008)).person.age == 18


def test_a_person_takes_the_limits_of_another_profile_and_nothing_else(starter_world: World) -> None:
    first = read(starter_world, work_history=(Job(title=AIDE, months=30),)).person
    limited = Seeker(constraints=Constraints(max_out_of_pocket_usd=Constraint(100.0)))

    again = with_limits(first, limited)

    assert again.most_out_of_pocket == 100.0
    assert np.isinf(first.most_out_of_pocket)
    assert again == replace(first, most_out_of_pocket=100.0)


@pytest.mark.parametrize(
    ("resolved", "sentence"),
    [
        (Resolved("zz", None, None, 0.0), "Not understood: “zz”."),
        (
            Resolved("aid", "x", "Aide", 0.7, (Candidate("x", "Aide", 0.7), Candidate("y", "Maid", 0.6)), confirm=True),
            "“aid” was read as Aide. It may also mean: Maid.",
        ),
        (Resolved("CNA", "cna", "Aide", 1.0, note="no expiry given"), "“CNA”: no expiry given."),
    ],
)
def test_what_to_confirm_is_said_in_a_sentence(resolved: Resolved, sentence: str) -> None:
    assert confirm_sentences([resolved, resolved]) == (sentence,)


def test_what_is_sure_needs_no_confirming() -> None:
    assert confirm_sentences([Resolved("CNA", "cna", "Aide", 1.0)]) == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("plumbing apprentice", ("plumber-apprenticeship", False, "not_finished")),
        ("electrical apprenticeship year 3", ("electrician-apprenticeship", False, "not_finished")),
        ("completed electrical apprenticeship", ("electrician-apprenticeship", True, None)),
        ("plumber apprentice card", ("apprentice-plumber-tx", None, "no_expiry")),
        ("osha card", (None, None, "ambiguous")),
        ("licencia clase B", ("cdl-b", None, "no_expiry")),
        ("cosmo license", ("cosmetology-tx", None, "no_expiry")),
    ],
)
def test_who_is_an_apprentice_holds_no_certificate_of_one_and_everyday_names_are_known(
    said: str, expected: tuple[str | None, bool | None, str | None], starter_world: World
) -> None:
    found = starter_world.resolver.resolve_credential(HeldCredential(said), DAY, "TX")

    assert (found.credential_id, found.valid, found.reason) == expected


def test_a_licence_named_in_general_is_not_said_to_be_issued_in_the_state_we_know_it_of(starter_world: World) -> None:
    named = starter_world.resolver.resolve_credential(HeldCredential("guard card"), DAY, "NJ")
    issued = starter_world.resolver.resolve_credential(HeldCredential("guard card", state="TX"), DAY, "NJ")

    assert (named.reason, issued.reason) == ("other_state", "other_state")
    assert named.resolved.note == say("words.state_not_known", known="TX", home="NJ")
    assert issued.resolved.note == say("words.other_state", issued="TX", home="NJ")
