"""Words of local boards: they stand before ours, in their time."""

from datetime import date

import pytest

from matching.resolve.resolver import Resolver
from matching.seeker import HeldCredential

IN_FORCE, AFTER = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize("text", ["tote runner", "Tote Runners", "Sr. tote runner @ HEB, nights"])
def test_a_boards_title_is_known_by_its_plain_spelling(resolver: Resolver, text: str) -> None:
    result = resolver.resolve_title(text, today=IN_FORCE)

    assert (result.code, result.text, result.confirm) == ("53-7051.00", text, False)
    assert result.candidates[0].matched_text == "tote runner"


def test_a_word_holds_to_its_last_day_and_not_beyond(resolver: Resolver) -> None:
    assert resolver.resolve_title("tote runner", today=IN_FORCE).score == 1.0
    assert resolver.resolve_title("tote runner", today=AFTER).score < 1.0


def test_words_that_boards_use_differently_are_asked_about(resolver: Resolver) -> None:
    result = resolver.resolve_title("floater", today=IN_FORCE)

    assert (result.code, result.confirm) == (None, True)
    assert [(c.code, c.probability) for c in result.candidates] == [("31-1131.00", 0.5), ("41-2011.00", 0.5)]
    assert "TX:ALAMO, TX:GULF" in (result.note or "")


def test_a_boards_skill_and_credential_are_known(resolver: Resolver) -> None:
    (skill,) = resolver.resolve_skill("running totes", today=IN_FORCE)
    held = resolver.resolve_credential(HeldCredential("Blue card", "TX", "2027-03"), IN_FORCE, "TX")

    assert (skill.code, skill.title) == ("2.C.3.e", "Mechanical")
    assert (held.credential_id, held.valid, held.resolved.text) == ("cna", True, "Blue card")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("running totes and Excel", ["2.C.3.e", "Microsoft Excel"]),
        ("basic running totes", ["2.C.3.e"]),
        ("no experience with running totes", [None]),
    ],
)
def test_a_boards_skill_is_known_inside_a_sentence(resolver: Resolver, text: str, codes: list[str | None]) -> None:
    found = resolver.resolve_skill(text, today=IN_FORCE)

    assert [f.code for f in found] == codes
    assert found[0].candidates[0].code == "2.C.3.e"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blue card expired 2020", [("cna", False, "expired")]),
        ("blue card (OK)", [("cna", None, "other_state")]),
        ("no blue card", [(None, False, "not_held")]),
        ("A+ exp 2028, blue card exp 2028", [("a-plus", True, None), ("cna", True, None)]),
    ],
)
def test_a_boards_credential_is_judged_as_any_other(
    resolver: Resolver, text: str, expected: list[tuple[str | None, bool | None, str | None]]
) -> None:
    found = resolver.resolve_credentials(HeldCredential(text), IN_FORCE, "TX")

    assert [(f.credential_id, f.valid, f.reason) for f in found] == expected
