"""Eligibility explained: what is asked first, and what is told beside the verdicts."""

from collections.abc import Callable
from datetime import date

import pytest

from matching.eligibility.law import Law
from matching.eligibility.questions import FACTS
from matching.eligibility.report import explain_eligibility
from matching.seeker import Seeker
from taxonomy.law import Parameter

Person = Callable[..., Seeker]
TODAY = date(2026, 11, 22)


def test_the_question_that_decides_most_is_asked_first(law: Law, person: Person) -> None:
    report = explain_eligibility(person(birth_year=1990, work_authorized=True), law, TODAY, "TX:ALAMO")

    first = report.questions[0]
    assert len(first.decides) == max(len(question.decides) for question in report.questions[:3])
    assert first.question == FACTS[first.fact].question


def test_a_question_once_answered_is_not_asked_again(law: Law, person: Person) -> None:
    before = explain_eligibility(person(), law, TODAY, "TX:ALAMO")
    after = explain_eligibility(person(snap=False, education_level="high_school_diploma"), law, TODAY, "TX:ALAMO")

    assert "eligibility.snap" in [q.fact for q in before.questions]
    assert not {"eligibility.snap", "education.level"} & {q.fact for q in after.questions}


def test_every_clause_is_shown_with_its_citation(law: Law, person: Person) -> None:
    report = explain_eligibility(person(birth_year=1990), law, TODAY, "TX:ALAMO")

    clauses = [clause for stream in report.streams for clause in stream.clauses]
    assert len(clauses) > 40
    assert all(clause.citation for clause in clauses)
    assert all(bool(clause.missing) is (clause.value is None) for clause in clauses)


def test_every_person_is_told_that_this_screens_and_of_vocational_rehabilitation(law: Law) -> None:
    report = explain_eligibility(Seeker(), law, TODAY, "TX")

    assert "does not determine" in report.notices[0]
    assert "34 CFR 361.42" in report.notices[1]
    assert len(report.notices) == 2


def test_an_amount_past_its_day_of_review_is_told_where_a_verdict_rests_on_it(
    law: Law, person: Person, rows: tuple[Parameter, ...]
) -> None:
    due = [row for row in rows if row.id in ("wioa.adult_age", "nurse_aide.employer_pays")]

    told = explain_eligibility(person(), law, TODAY, "TX", due=due).notices
    untold = explain_eligibility(person(), law, TODAY, "TX").notices

    assert "wioa: adult age." in told[-1]
    assert "nurse" not in told[-1]
    assert len(told) == len(untold) + 1


def test_a_snap_recipient_is_told_of_the_time_limit_only_on_days_on_which_it_stood(law: Law, person: Person) -> None:
    seeker = person(snap=True)

    told = explain_eligibility(seeker, law, date(2025, 7, 4), "TX").notices
    before = explain_eligibility(seeker, law, date(2025, 7, 3), "TX").notices

    assert "80 hours" in told[-1]
    assert "18 to 64" in told[-1]
    assert len(before) == len(told) - 1


def test_the_report_names_its_day_its_area_and_the_person_by_reference_only(law: Law) -> None:
    report = explain_eligibility(Seeker(reference="A-1042"), law, TODAY, "TX:ALAMO")

    assert (report.as_of, report.area, report.reference) == ("2026-11-22", "TX:ALAMO", "A-1042")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"snap": True, "veteran": True}, "served first"),
        ({"snap": True, "veteran": False}, None),  # may be an eligible spouse
        ({"veteran": True}, None),  # priority is open
    ],
)
def test_the_place_in_line_is_told_once_both_priorities_are_settled(
    law: Law, person: Callable[..., Seeker], facts: dict[str, object], words: str | None
) -> None:
    report = explain_eligibility(person(**facts), law, date(2026, 11, 22), "TX:ALAMO")

    told = [notice for notice in report.notices if notice.startswith("For WIOA Adult training")]
    assert [words in notice for notice in told] == ([] if words is None else [True])
