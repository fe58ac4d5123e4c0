"""Names that begin as somebody types."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.prefixes import MOST_LETTERS, PREFIX_KINDS
from matching.resolve.resolver import Resolver


@pytest.mark.parametrize(
    ("kind", "beginning", "code"),
    [
        ("titles", "forkl", "53-7051.00"),
        ("titles", "FORK", "53-7051.00"),
        ("titles", "driver", "53-7051.00"),  # a later word of "forklift driver"
        ("skills", "weld", "2.C.3.e"),
        ("credentials", "state test", "cna"),
        ("programs", "weld", "p1"),
        ("providers", "river", "river"),
    ],
)
def test_a_name_is_found_by_the_beginning_of_any_of_its_words(
    resolver: Resolver, kind: str, beginning: str, code: str
) -> None:
    assert code in {s.code for s in resolver.suggest(kind, beginning)}


def test_what_begins_so_comes_before_what_has_a_later_word_that_does(resolver: Resolver) -> None:
    found = [s.text for s in resolver.suggest("titles", "nurs", 10)]

    assert found[0].lower().startswith("nurs")
    assert found.index("staff nurse") > found.index("Nursing Assistants")
    assert len(found) == len(set(found))


def test_no_more_are_given_than_asked_for(resolver: Resolver) -> None:
    assert len(resolver.suggest("titles", "c", 2)) == 2


@pytest.mark.parametrize("beginning", ["", "   ", "zzz", "x" * 10_000, "\x00", "🙂"])
def test_what_begins_no_name_gives_none(resolver: Resolver, beginning: str) -> None:
    assert resolver.suggest("titles", beginning) == ()


@given(st.sampled_from(PREFIX_KINDS), st.text(max_size=MOST_LETTERS + 5))
def test_no_text_raises(resolver: Resolver, kind: str, beginning: str) -> None:
    assert len(resolver.suggest(kind, beginning, 5)) <= 5


def test_a_look_up_takes_less_than_ten_milliseconds(resolver: Resolver) -> None:
    resolver.suggest("titles", "a")  # decodes the list
    started = time.process_time()

    for beginning in ("f", "nur", "welder", "c") * 5:
        resolver.suggest("titles", beginning)

    assert (time.process_time() - started) / 20 < 0.01
