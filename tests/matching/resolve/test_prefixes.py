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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("forklfit", "forklift driver"), ("forklft op", "forklift operator"), ("nursng ass", "Nursing Assistants")],
)
def test_a_slip_in_a_word_typed_is_put_right(resolver: Resolver, typed: str, meant: str) -> None:
    assert meant in [s.text for s in resolver.suggest("titles", typed)]


def test_what_stands_inside_a_word_is_found_after_what_begins_so(resolver: Resolver) -> None:
    assert [s.text for s in resolver.suggest("titles", "lift dr")] == ["forklift driver"]
    assert resolver.suggest("titles", "sing")[-1].text == "nursing home aide"


def test_a_spanish_title_is_offered_with_its_occupation(resolver: Resolver) -> None:
    assert [(s.text, s.code) for s in resolver.suggest("titles", "cajer")][:2] == [
        ("cajera", "41-2011.00"),
        ("cajero", "41-2011.00"),
    ]
