"""Expiry dates in the forms people write."""

from datetime import date

import pytest

from matching.resolve.expiry import last_valid_day, take_expiry, with_plain_expiries

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("exp 2027-03-31", date(2027, 3, 31)),
        ("exp: 12/31/27", date(2027, 12, 31)),
        ("exp. 3-15-24", date(2024, 3, 15)),
        ("exp 31/12/2024", date(2024, 12, 31)),
        ("expires 3/2027", date(2027, 3, 31)),
        ("exp 12/27", date(2027, 12, 31)),
        ("expires december 31, 2024", date(2024, 12, 31)),
        ("exp march 3rd, 2027", date(2027, 3, 3)),
        ("expires dec 2027", date(2027, 12, 31)),
        ("valid thru dec '27", date(2027, 12, 31)),
        ("good until 06/30/2027", date(2027, 6, 30)),
        ("vence 31 de marzo de 2027", date(2027, 3, 31)),
        ("vencido 3/2024", date(2024, 3, 31)),
        ("exp 2028", date(2028, 12, 31)),
        ("renewal due 5/2027", date(2027, 5, 31)),
    ],
)
def test_a_date_is_read_in_the_form_it_is_written_in(text: str, last: date) -> None:
    said, rest = take_expiry(with_plain_expiries(f"cna {text}"))

    assert said is not None
    assert last_valid_day(said.when, TODAY) == last
    assert rest.split() == ["cna"]


def test_a_date_that_may_be_a_day_of_this_year_calls_nobody_expired() -> None:
    said, _ = take_expiry(with_plain_expiries("cna exp 3/21"))

    assert said is not None
    assert last_valid_day(said.when, TODAY) is None


@pytest.mark.parametrize("text", ["osha 30", "az-104", "10 years exp 2 jobs", "220-1101", "n10-009"])
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert take_expiry(with_plain_expiries(text)) == (None, text)


@pytest.mark.parametrize("when", ["2027-13", "2027-02-30", "0000-01", "soon", ""])
def test_no_such_day_is_not_readable(when: str) -> None:
    assert last_valid_day(when, TODAY) is None


def test_a_comma_inside_a_date_parts_no_list() -> None:
    plain = with_plain_expiries("rn expires december 31, 2024, cpr exp 5/2027")

    assert [part.split() for part in plain.split(",")] == [["rn", "exp", "2024-12-31"], ["cpr", "exp", "2027-05"]]
