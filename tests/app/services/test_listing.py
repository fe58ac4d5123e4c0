"""Lists read a page at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInputError
from app.services.listing import Listing


def _pages(listing: Listing[str], limit: int, letter: str) -> list[str]:
    items: list[str] = []
    cursor = None
    while True:
        page = listing.page(lambda item: letter in item, limit=limit, cursor=cursor)
        items += page.items
        cursor = page.next_cursor
        if cursor is None:
            return items


@given(keys=st.sets(st.text("ab/é", max_size=5)), limit=st.integers(1, 4), letter=st.sampled_from(["", "a"]))
def test_pages_of_any_size_give_every_item_once_in_order(keys: set[str], limit: int, letter: str) -> None:
    listing = Listing(list(keys), key=str)

    assert _pages(listing, limit, letter) == sorted(key for key in keys if letter in key)


@pytest.mark.parametrize("cursor", ["*", "a", "é", "_w"])
def test_a_cursor_not_given_by_us_is_refused_without_repeating_it(cursor: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        Listing(["a"], key=str).page(lambda _: True, limit=1, cursor=cursor)

    assert [fault.pointer for fault in caught.value.errors] == ["/query/cursor"]


@given(place=st.integers(0, 30), letter=st.sampled_from("abcXYZ019-_"))
def test_a_cursor_with_another_letter_anywhere_is_refused_and_never_another_place(place: int, letter: str) -> None:
    listing = Listing(list("abc"), key=str)
    given_here = listing.page(lambda _: True, limit=1).next_cursor or ""
    altered = given_here[:place] + letter + given_here[place + 1 :]

    if altered == given_here:
        assert listing.page(lambda _: True, limit=1, cursor=altered).items == ("b",)
    else:
        with pytest.raises(InvalidInputError):
            listing.page(lambda _: True, limit=1, cursor=altered)


def test_a_key_finds_its_record_or_none() -> None:
    listing = Listing(["b", "a"], key=str)

    assert listing.find("b") == "b"
    assert listing.find("c") is None
