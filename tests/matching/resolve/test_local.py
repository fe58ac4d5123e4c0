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
