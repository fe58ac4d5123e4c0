"""Cursors of records: they lead on in one list of one board, and nowhere else."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInputError
from app.services.cursors import Cursors
from app.services.vault import Vault

PLACE = (datetime(2026, 11, 22, 15, 4, 5, 678, tzinfo=UTC), uuid.UUID(int=7))
OLD, NEW = bytes(32), bytes([1]) * 32
SEEKERS = Cursors(Vault(NEW), "alamo", "seekers")


@dataclass(frozen=True, slots=True)
class Record:
    """Any record of a list."""

    created_at: datetime
    id: uuid.UUID


def given_out() -> str:
    cursor = SEEKERS.after_last([Record(*PLACE), Record(PLACE[0], uuid.UUID(int=8))], 1)
    assert cursor is not None
    return cursor


def test_a_cursor_leads_to_the_place_it_was_given_for() -> None:
    assert SEEKERS.place(given_out()) == PLACE
    assert SEEKERS.place(None) is None
    assert SEEKERS.after_last([Record(*PLACE)], 1) is None


def test_a_cursor_leads_to_the_numbers_it_was_given_for() -> None:
    assert SEEKERS.numbers(SEEKERS.between(1042, 2084)) == (1042, 2084)


@given(place=st.integers(0, 120), letter=st.sampled_from("abcXYZ019-_=*é "))
def test_a_cursor_with_another_letter_anywhere_is_refused(place: int, letter: str) -> None:
    before = given_out()
    altered = before[:place] + letter + before[place + 1 :]

    if altered != before:
        with pytest.raises(InvalidInputError, match="not one given here"):
            SEEKERS.place(altered)


@pytest.mark.parametrize(
    "others",
    [
        Cursors(Vault(NEW), "cameron", "seekers"),
        Cursors(Vault(NEW), "alamo", "matches"),
        Cursors(Vault(OLD), "alamo", "seekers"),
    ],
    ids=["another board", "another list", "another installation"],
)
def test_a_cursor_leads_nowhere_else(others: Cursors) -> None:
    with pytest.raises(InvalidInputError):
        others.place(given_out())


def test_a_cursor_given_before_the_secret_key_was_changed_still_leads_on() -> None:
    changed = Cursors(Vault(OLD, previous=[NEW]), "alamo", "seekers")

    assert changed.place(given_out()) == PLACE
