"""Screening a person: statuses, what would decide, dates; and that knowing more never undoes an answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility.law import Law
from matching.eligibility.questions import FACTS
from matching.eligibility.screening import StreamVerdict, by_stream, screen
from matching.seeker import Seeker

Person = Callable[..., Seeker]
TODAY = date(2026, 11, 22)

# A nursing-home aide of 32 with two children, on SNAP, who wants to train in the evening.
AIDE = {
    "birth_year": 1994,
    "education_level": "high_school_equivalency",
    "work_authorized": True,
    "adults": 1,
    "children_ages": (4, 9),
    "annual_income_usd": 19_000.0,
    "employment_status": "unemployed",
    "snap": True,
    "veteran": False,
}


def verdict(law: Law, seeker: Seeker, stream: str, today: date = TODAY) -> StreamVerdict:
    return by_stream(screen(seeker, law, today, "TX:ALAMO"))[stream]


@pytest.mark.parametrize(
    ("stream", "status", "would_decide"),
    [
        ("pell", "appears_eligible", ()),
        ("workforce_pell", "appears_eligible", ()),
        ("gi_bill", "appears_ineligible", ()),
        ("snap_et", "unknown", ("eligibility.tanf",)),
        ("apprenticeship", "needs_document", ("sponsor_selection",)),
        ("wioa_adult", "needs_document", ("eligibility.selective_service_compliant",)),
        ("wioa_youth", "appears_ineligible", ()),
        ("low_income", "appears_eligible", ()),
        ("priority_of_service", "appears_eligible", ()),
    ],
)
def test_a_nursing_home_aide_on_snap_sees_where_she_stands(
    law: Law, person: Person, stream: str, status: str, would_decide: tuple[str, ...]
) -> None:
    found = verdict(law, person(**AIDE), stream)

    assert (found.status, found.would_decide) == (status, would_decide)


def test_with_her_record_in_hand_she_appears_eligible_as_a_wioa_adult(law: Law, person: Person) -> None:
    found = verdict(law, person(**AIDE, selective_service_compliant=True), "wioa_adult")

    assert found.status == "appears_eligible"
    assert found.clauses(value=True) == ("in_force", "adult_age", "work_authorization", "selective_service")
    assert found.clauses(value=False) == found.clauses(value=None) == ()


def test_a_refusal_names_the_clause_that_failed(law: Law, person: Person) -> None:
    found = verdict(law, person(**{**AIDE, "education_level": "bachelor"}), "pell")

    assert (found.status, found.clauses(value=False)) == ("appears_ineligible", ("no_bachelor_degree",))


def test_a_person_of_whom_nothing_is_known_is_asked_and_never_refused(law: Law) -> None:
    verdicts = screen(Seeker(), law, TODAY, "TX:ALAMO")

    assert {v.status for v in verdicts} <= {"unknown", "needs_document"}
    for found in verdicts:
        assert found.would_decide
        assert set(found.would_decide) <= FACTS.keys()


def test_every_verdict_carries_a_citation_and_the_dates_of_the_law_it_used(law: Law, person: Person) -> None:
    for found in screen(person(**AIDE), law, TODAY, "TX:ALAMO"):
        assert found.citation
        since, until, checked = found.span
        if since is not None:
            assert since <= TODAY.isoformat()
            assert checked is not None
        if until is not None:
            assert until >= TODAY.isoformat()


def test_a_pell_verdict_holds_to_the_end_of_the_award_year(law: Law, person: Person) -> None:
    found = verdict(law, person(**AIDE), "pell")

    assert (found.span[0], found.span[1]) == ("2026-07-01", "2027-06-30")


def test_equal_people_get_equal_verdicts(law: Law, person: Person) -> None:
    assert screen(person(**AIDE), law, TODAY, "TX:ALAMO") == screen(person(**AIDE), law, TODAY, "TX:ALAMO")


MAYBE = st.none() | st.booleans()


def _half_year(facts: dict[str, object]) -> float | None:
    income = facts["annual_income_usd"]
    return income / 2 if facts["income_last_6_months_usd"] and isinstance(income, float) else None


YES_OR_NO = (
    "dislocated",
    "snap",
    "tanf",
    "ssi",
    "veteran",
    "ui_claimant",
    "in_school",
    "foster_youth",
    "homeless",
    "selective_service_compliant",
)
FACTS_OF_A_PERSON = st.fixed_dictionaries(
    {
        "birth_year": st.none() | st.integers(1940, 2014),
        "education_level": st.none()
        | st.sampled_from(["less_than_high_school", "high_school_diploma", "associate", "bachelor", "graduate"]),
        "reading_grade": st.none() | st.floats(1, 13),
        "math_grade": st.none() | st.floats(1, 13),
        "work_authorized": MAYBE,
        "adults": st.none() | st.integers(1, 4),
        "annual_income_usd": st.none() | st.floats(0, 120_000),
        "employment_status": st.none() | st.sampled_from(["employed", "notice_received", "unemployed"]),
        **dict.fromkeys(YES_OR_NO, MAYBE),
        "pell_used_percent": st.none() | st.floats(0, 700),
        "active_duty_days": st.none() | st.integers(0, 2_000),
        # Of one family: half of what it has a year. A Student Aid Index is left out: it speaks of another year's income
        # and may settle against what today's income had left to appear.
        "income_last_6_months_usd": MAYBE,
    }
).map(lambda facts: {**facts, "income_last_6_months_usd": _half_year(facts)})
CHILDREN = st.lists(st.integers(0, 17), max_size=4).map(tuple)
DAYS = st.dates(date(2024, 2, 1), date(2027, 12, 31))


@given(known=FACTS_OF_A_PERSON, hidden=st.sets(st.integers(0, 20)), children=CHILDREN, today=DAYS)
def test_more_known_facts_never_undo_what_appears_eligible_or_ineligible(
    law: Law, person: Person, known: dict[str, object], hidden: set[int], children: tuple[int, ...], today: date
) -> None:
    fewer = {name: None if place in hidden else value for place, (name, value) in enumerate(known.items())}

    before = by_stream(screen(person(**fewer, children_ages=children), law, today, "TX:ALAMO"))
    after = by_stream(screen(person(**known, children_ages=children), law, today, "TX:ALAMO"))

    for stream, found in before.items():
        if found.finding.value is not None:
            assert after[stream].finding.value is found.finding.value, stream


@given(known=FACTS_OF_A_PERSON, today=st.dates(date(2010, 1, 1), date(2028, 1, 1)))
def test_no_rule_is_applied_before_it_took_effect_or_after_it_ended(
    law: Law, person: Person, known: dict[str, object], today: date
) -> None:
    for found in screen(person(**known), law, today, "TX:ALAMO"):
        for leaf in found.finding.leaves():
            for row in leaf.parameters:
                assert row.effective_from <= today.isoformat()
                assert row.effective_to is None or row.effective_to >= today.isoformat()


@given(known=FACTS_OF_A_PERSON, children=CHILDREN)
def test_the_facts_that_would_decide_are_never_facts_already_known(
    law: Law, person: Person, known: dict[str, object], children: tuple[int, ...]
) -> None:
    seeker = person(**known, children_ages=children)

    for found in screen(seeker, law, TODAY, "TX:ALAMO"):
        for fact in found.would_decide:
            name = fact.rpartition(".")[2]
            assert getattr(seeker.eligibility, name, None) is None
            if fact != "education.level":
                continue
            assert seeker.education_level is None


def test_words_and_reference_never_change_a_verdict(law: Law, person: Person) -> None:
    seeker = person(**AIDE)
    other = replace(seeker, reference="A-1", constraints=replace(seeker.constraints, convictions=("theft",)))

    assert screen(other, law, TODAY, "TX:ALAMO") == screen(seeker, law, TODAY, "TX:ALAMO")
