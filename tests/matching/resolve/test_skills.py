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
        ("a little welding", "basic"),
        ("6 months of welding", "basic"),
        ("two years welding", "intermediate"),
        ("Excel (10 years)", "advanced"),
        ("Excel, 3 years", "intermediate"),
        ("Excel básico", "basic"),
        ("welding 5/5", None),
    ],
)
def test_level_words_are_kept(resolver: Resolver, text: str, level: str | None) -> None:
    (found,) = resolver.resolve_skill(text)

    assert found.code is not None
    assert noted_level(found) == level


def test_a_stated_level_outranks_the_words(resolver: Resolver) -> None:
    assert noted_level(resolver.resolve_skill("basic Excel", "advanced")[0]) == "advanced"


@pytest.mark.parametrize(
    "text",
    [
        "no experience with Excel",
        "never used Excel",
        "can't use Excel",
        "sin experiencia con Excel",
        "little to no experience with Excel",
        "zero experience with Excel",
        "lack of Excel skills",
        "weak in Excel",
        "I am not good at Excel",
        "want to learn Excel",
        "Excel: none",
        "Excel - no experience",
        "Excel (no)",
    ],
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
        ("welding without supervision", ["2.C.3.e"]),
        ("no experience with Word and good with Excel", [None, "Microsoft Excel"]),
        ("Excel: none, welding", [None, "2.C.3.e"]),
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


def test_a_level_is_said_of_all_that_follow_it(resolver: Resolver) -> None:
    found = resolver.resolve_skill("some experience in welding and Excel, advanced Microsoft Word")

    assert [noted_level(f) for f in found] == ["basic", "basic", "advanced"]


def test_a_level_word_inside_a_name_is_part_of_the_name(resolver: Resolver) -> None:
    (found,) = resolver.resolve_skill("advanced rigging")

    assert (found.code, noted_level(found)) == ("2.B.1.e", None)


@pytest.mark.parametrize("text", ["weld", "drive a forklift", "forklift driving"])
def test_the_same_words_in_another_form_are_found(resolver: Resolver, text: str) -> None:
    (found,) = resolver.resolve_skill(text)

    assert found.code == "2.C.3.e"
    assert not found.confirm


@pytest.mark.parametrize("text", ["good with people", "sewing word puzzles", "little"])
def test_a_product_is_not_named_by_words_like_its_name(resolver: Resolver, text: str) -> None:
    found = resolver.resolve_skill(text)

    assert {f.code for f in found} == {None}


def test_what_somebody_does_is_found_in_a_task_and_asked_about(resolver: Resolver) -> None:
    (found,) = resolver.resolve_skill("changing diapers")

    assert (found.code, found.title) == ("2346", "Dress children and change diapers.")
    assert found.confirm


def test_an_activity_goes_before_a_task_that_says_the_same(resolver: Resolver) -> None:
    (found,) = resolver.resolve_skill("mopping floors")

    assert [c.code for c in found.candidates] == ["4.A.1", "77"]


def test_one_word_alone_names_no_task(resolver: Resolver) -> None:
    (found,) = resolver.resolve_skill("diapers")

    assert found.code is None
