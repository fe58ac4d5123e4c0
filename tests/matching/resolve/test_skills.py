"""Skills in a sentence: parts, levels and what somebody says they lack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.resolver import Resolver
from matching.resolve.skills import noted_level


def test_several_skills_in_a_sentence_each_get_a_result(resolver: Resolver) -> None:
    found = resolver.resolve_skill("welding, Excel and training new workers")

    assert [f.code for f in found] == ["2.C.3.e", "Microsoft Excel", "2.B.1.e"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("basic Excel", "basic"),
        ("10 years of welding", "advanced"),
        ("3 yrs welding", "intermediate"),
        ("1 year welding", "basic"),
        ("expert in Excel", "advanced"),
        ("welding", None),
    ],
)
def test_level_words_are_kept(resolver: Resolver, text: str, level: str | None) -> None:
    (found,) = resolver.resolve_skill(text)

    assert found.code is not None
    assert noted_level(found) == level


def test_a_stated_level_outranks_the_words(resolver: Resolver) -> None:
    assert noted_level(resolver.resolve_skill("basic Excel", "advanced")[0]) == "advanced"


@pytest.mark.parametrize(
    "text", ["no experience with Excel", "never used Excel", "can't use Excel", "sin experiencia con Excel"]
)
def test_what_is_denied_has_no_code_but_is_named(resolver: Resolver, text: str) -> None:
    (found,) = resolver.resolve_skill(text)

    assert found.code is None
    assert found.candidates[0].code == "Microsoft Excel"
    assert "do not have" in (found.note or "")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("not only Excel but also welding", ["Microsoft Excel", "2.C.3.e"]),
        ("no problem with Excel", ["Microsoft Excel"]),
        ("never used Excel but I can weld", [None, "2.C.3.e"]),
        ("I can weld", ["2.C.3.e"]),
        ("can't weld", [None]),
    ],
)
def test_what_only_sounds_like_a_denial_is_none(resolver: Resolver, text: str, codes: list[str | None]) -> None:
    assert [found.code for found in resolver.resolve_skill(text)] == codes


def test_another_language_in_latin_letters_is_named_as_not_supported(resolver: Resolver) -> None:
    assert "language not supported" in (resolver.resolve_skill("Je sais souder")[0].note or "")


def test_a_denial_ends_with_its_clause_and_spares_what_came_before(resolver: Resolver) -> None:
    found = resolver.resolve_skill("welding and no experience with Excel or Word, training new workers")

    assert [f.code for f in found] == ["2.C.3.e", None, None, "2.B.1.e"]


@given(st.text(max_size=300))
def test_no_text_raises(resolver: Resolver, text: str) -> None:
    found = resolver.resolve_skill(text)

    assert len(found) >= 1


def test_a_typing_pace_is_no_part_of_the_skill(resolver: Resolver) -> None:
    (found,) = resolver.resolve_skill("excel 60 wpm")

    assert found.code == "Microsoft Excel"
