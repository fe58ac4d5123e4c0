"""Programs and providers by name, provider, campus and field of study."""

import pytest

from matching.resolve.resolver import Resolver


def test_the_campus_tells_programs_apart(resolver: Resolver) -> None:
    result = resolver.resolve_program("welding san marcos")

    assert result.code == "p1"
    assert "San Marcos" in (result.title or "")


@pytest.mark.parametrize("text", ["48.0508", "480508", "CIP 48.0508"])
def test_a_cip_code_finds_the_programs_of_its_field(resolver: Resolver, text: str) -> None:
    assert [c.code for c in resolver.resolve_program(text).candidates] == ["p1"]


def test_a_field_nobody_teaches_is_said(resolver: Resolver) -> None:
    assert resolver.resolve_program("01.0101").note == "no program of the field 01.0101"


@pytest.mark.parametrize(
    ("text", "code"), [("alamo college", "alamo"), ("Alamo Colege", "alamo"), ("river school", "river")]
)
def test_a_provider_is_found_by_name(resolver: Resolver, text: str, code: str) -> None:
    assert resolver.resolve_provider(text).code == code


def test_an_unknown_provider_is_said_to_be_so(resolver: Resolver) -> None:
    assert resolver.resolve_provider("qqq").note == "no such provider"


@pytest.mark.parametrize(
    "text", ["48.0508", "480508", "CIP 48.0508", "48.05", "Welding CIP 48.0508", "48.0508 welding technology"]
)
def test_a_field_is_read_wherever_it_stands(resolver: Resolver, text: str) -> None:
    found = resolver.resolve_program(text)

    assert (found.code, found.candidates[0].probability) == ("p1", 1.0)
    assert "48.05" in (found.note or "")


def test_a_field_whose_programs_are_called_otherwise_is_asked_about(resolver: Resolver) -> None:
    found = resolver.resolve_program("plumbing 48.0508")

    assert (found.code, found.confirm) == (None, True)
    assert found.candidates[0].code == "p1"


def test_the_school_named_comes_first_though_another_teaches_that(resolver: Resolver) -> None:
    found = resolver.resolve_program("welding technology at river school")

    assert (found.candidates[0].code, found.confirm) == ("p3", True)
    assert "p1" in {c.code for c in found.candidates[1:]}
    assert (found.candidates[0].probability or 0.0) < 0.75


def test_a_school_that_several_could_be_moves_nothing(resolver: Resolver) -> None:
    assert resolver.resolve_program("welding at the big school").candidates[0].code == "p1"


def test_a_name_that_several_hold_whole_is_asked_about(resolver: Resolver) -> None:
    assert resolver.resolve_program("nurse aide training").confirm


def test_a_suggestion_for_what_is_not_understood_is_given_no_probability(resolver: Resolver) -> None:
    unlike, nothing = resolver.resolve_program("welding of something quite other"), resolver.resolve_program("zqxwelqz")

    assert (unlike.code, unlike.confirm) == (None, True)
    assert [c.probability for c in unlike.candidates] == [None] * len(unlike.candidates)
    assert (nothing.code, nothing.candidates, nothing.confirm) == (None, (), False)


def test_a_course_is_found_in_spanish(resolver: Resolver) -> None:
    assert resolver.resolve_program("curso de soldadura san marcos").code == "p1"


@pytest.mark.parametrize("text", ["Welding Technology/Welder", "welding technology"])
def test_the_name_of_a_field_finds_its_programs(resolver: Resolver, text: str) -> None:
    found = resolver.resolve_program(text)

    assert found.code == "p1"
    assert "48.0508" in (found.note or "")


@pytest.mark.parametrize("text", ["Medical/Clinical Assistant", "clinical assistant"])
def test_a_field_that_no_program_teaches_is_no_answer(resolver: Resolver, text: str) -> None:
    assert resolver.resolve_program(text).code is None
