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
