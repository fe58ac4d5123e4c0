"""The law of a day in an area."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility.law import Law, areas_above
from taxonomy.law import Parameter

ROW = Parameter(
    id="ita.cap",
    value=5000.0,
    unit="USD an account",
    area="TX",
    effective_from="2025-07-01",
    effective_to="2026-06-30",
    citation="a policy",
    link="https://example.org",
    checked_on="2026-11-22",
    verified=True,
)


@pytest.mark.parametrize(
    ("area", "chain"),
    [
        ("TX:ALAMO", ("TX:ALAMO", "TX", "US48", "US")),
        ("TX", ("TX", "US48", "US")),
        ("AK", ("AK", "US")),
        ("HI:OAHU", ("HI:OAHU", "HI", "US")),
        ("US", ("US48", "US")),
        ("US48", ("US48", "US")),
    ],
)
def test_an_area_lies_in_its_state_its_poverty_table_and_the_nation(area: str, chain: tuple[str, ...]) -> None:
    assert areas_above(area) == chain


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_row_holds_from_its_first_to_its_last_day_and_no_longer(day: date, found: bool) -> None:  # noqa: FBT001 -- pytest passes parameters by name
    law = Law([ROW])

    assert (law.find("ita.cap", "TX", day) is not None) is found


def test_the_row_of_a_nearer_area_stands_before_a_wider_one() -> None:
    board = replace(ROW, area="TX:ALAMO", value=7000.0)
    law = Law([board, ROW])

    assert law.get("ita.cap", "TX:ALAMO", date(2026, 1, 1)).value == 7000.0
    assert law.get("ita.cap", "TX:CAPITAL", date(2026, 1, 1)).value == 5000.0


def test_of_two_rows_in_force_the_later_one_is_the_amendment() -> None:
    amendment = replace(ROW, effective_from="2026-01-01", value=6000.0)

    for order in ([ROW, amendment], [amendment, ROW]):
        assert Law(order).get("ita.cap", "TX", date(2026, 2, 1)).value == 6000.0


def test_a_missing_parameter_is_named_with_area_and_day() -> None:
    with pytest.raises(LookupError, match=r"ita\.cap is not known for OK on 2026-01-01"):
        Law([ROW]).get("ita.cap", "OK", date(2026, 1, 1))


def test_an_unverified_row_is_not_law_until_it_is_asked_for() -> None:
    row = replace(ROW, verified=False)

    assert Law([row]).find("ita.cap", "TX", date(2026, 1, 1)) is None
    assert Law([row], include_unverified=True).find("ita.cap", "TX", date(2026, 1, 1)) == row


def test_many_days_do_not_pile_up_in_memory() -> None:
    law = Law([ROW])

    for offset in range(1000):
        law.in_force("TX", date(2025, 7, 1) + timedelta(days=offset))

    assert len(law._views) <= 256


@given(day=st.dates(date(2000, 1, 1), date(2030, 1, 1)), area=st.sampled_from(["US", "TX:ALAMO", "AK", "HI", "CO"]))
def test_nothing_in_force_begins_after_the_day_or_ended_before_it(law: Law, day: date, area: str) -> None:
    for row in law.in_force(area, day).values():
        assert row.effective_from <= day.isoformat()
        assert row.effective_to is None or row.effective_to >= day.isoformat()
        assert row.verified
