"""Every parameter is checked on time, by the schedule of its family, and the law has its test cases."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from taxonomy.law import Parameter, ReviewSchedule
from taxonomy.loaders.law_review import (
    list_due,
    load_reviewed_on,
    load_scenarios,
    load_schedules,
    schedule_of,
)
from taxonomy.loaders.vocabulary import STARTER, read_records

ROWS: list[Parameter] = [
    row
    for path in sorted((STARTER / "law").glob("*.toml"))
    for row in read_records(path, ("parameters",))["parameters"]
]
# An amount that has ended is history: it needs no second look.
CURRENT = [row for row in ROWS if row.effective_to is None or row.effective_to >= row.checked_on]


@pytest.mark.parametrize("row", CURRENT, ids=[f"{r.id} {r.area} {r.effective_from}" for r in CURRENT])
def test_no_parameter_was_older_than_its_schedule_on_the_day_of_the_last_review(row: Parameter) -> None:
    """Held to the stated day and not to the clock: data that come due are shown as due, and do not break a build."""
    due = schedule_of(row, load_schedules()).due_on(row.checked_on)

    assert load_reviewed_on() <= due, f"{row.id} was due to be checked on {due}: read {row.link} and set checked_on"


def test_the_day_of_the_last_review_is_not_before_anything_it_reviewed() -> None:
    assert load_reviewed_on() >= max(date.fromisoformat(row.checked_on) for row in ROWS)


def test_what_has_come_due_on_a_later_day_is_listed_and_what_ended_or_is_a_boards_own_is_not() -> None:
    local = replace(CURRENT[0], id="ita.cap", effective_from="2026-07-01", effective_to=None, checked_on="2020-01-01")

    now = list_due([*ROWS, local], load_reviewed_on())
    later = {row.id for row in list_due([*ROWS, local], date(2027, 2, 1))}

    assert now == ()
    assert {"poverty_guideline.base", "medicaid.adult_income_ratio"} <= later
    assert not later & {"pell.maximum", "ita.cap"}


def test_a_parameter_checked_too_long_ago_is_found() -> None:
    poverty = next(row for row in CURRENT if row.id == "poverty_guideline.base")

    due = schedule_of(poverty, load_schedules()).due_on("2025-02-01")

    assert due == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("days", "changes_on", "checked_on", "due"),
    [
        (92, None, "2026-11-22", date(2027, 2, 22)),
        (366, "07-01", "2026-11-22", date(2027, 7, 1)),
        (366, "07-01", "2026-06-30", date(2026, 7, 1)),
        (366, "07-01", "2026-07-01", date(2027, 7, 1)),
        (30, "07-01", "2026-11-22", date(2026, 12, 22)),
    ],
)
def test_a_parameter_is_due_at_the_next_change_or_after_its_days(
    days: int, changes_on: str | None, checked_on: str, due: date
) -> None:
    assert ReviewSchedule("f", days, changes_on, "-").due_on(checked_on) == due


def test_a_parameter_of_no_family_is_refused() -> None:
    with pytest.raises(LookupError, match="no schedule"):
        schedule_of(replace(ROWS[0], id="moon.phase"), load_schedules())


def test_a_parameters_own_schedule_stands_before_its_familys() -> None:
    row = next(row for row in ROWS if row.id == "wioa.work_authorization")

    assert schedule_of(row, load_schedules()).days == 183


def test_every_schedule_is_used_and_says_why() -> None:
    used = {schedule_of(row, load_schedules()).family for row in ROWS}

    assert used == {schedule.family for schedule in load_schedules()}
    assert all(schedule.why for schedule in load_schedules())


def test_the_law_has_at_least_150_test_cases_each_named_by_its_own_sentence() -> None:
    scenarios = load_scenarios()

    assert len(scenarios) >= 150
    assert not [name for name, times in Counter((s.stream, s.name) for s in scenarios).items() if times > 1]
    assert all(not s.name[0].islower() and len(s.name.split()) >= 4 for s in scenarios)
