"""Held credentials: recognised, and never silently valid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.resolver import SEVERAL_CREDENTIALS, Resolver
from matching.seeker import HeldCredential

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (HeldCredential("CNA", "TX", "2027-03"), ("cna", True, None)),
        (HeldCredential("CNA", "TX", "2026-11"), ("cna", True, None)),
        (HeldCredential("CNA", "TX", "2026-11-21"), ("cna", False, "expired")),
        (HeldCredential("CNA", "OK", "2027-03"), ("cna", None, "other_state")),
        (HeldCredential("Oklahoma CNA", None, "2027-03"), ("cna", None, "other_state")),
        (HeldCredential("state tested nursing assistant"), ("cna", None, "no_expiry")),
        (HeldCredential("CNA", "TX", "soon"), ("cna", None, "expiry_unreadable")),
        (HeldCredential("CNA", "TX", "2027-13"), ("cna", None, "expiry_unreadable")),
        (HeldCredential("A+ cert (expired)"), ("a-plus", False, "expired")),
        (HeldCredential("OSHA 10"), ("osha-10", True, None)),
        (HeldCredential("juggling diploma"), (None, None, "not_understood")),
        (HeldCredential("CPT"), (None, None, "ambiguous")),
    ],
)
def test_validity_is_said_with_its_reason(
    resolver: Resolver, held: HeldCredential, expected: tuple[str | None, bool | None, str | None]
) -> None:
    result = resolver.resolve_credential(held, TODAY, "TX")

    assert (result.credential_id, result.valid, result.reason) == expected


def test_an_expired_credential_says_since_when(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("CNA", "TX", "2025-02"), TODAY, "TX")

    assert result.resolved.note == "expired on 2025-02-28"


def test_an_ambiguous_acronym_offers_its_meanings(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("CPT"), TODAY, "TX").resolved

    assert result.confirm
    assert {c.code for c in result.candidates} == {"mssc-cpt", "phlebotomy-cpt"}


def test_a_list_gives_each_credential(resolver: Resolver) -> None:
    found = resolver.resolve_credentials(HeldCredential("A+ / Net+, CNA"), TODAY, "TX")

    assert [f.credential_id for f in found] == ["a-plus", "network-plus", "cna"]


def test_a_list_where_one_is_asked_for_says_so(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("A+/Net+"), TODAY, "TX")

    assert result.credential_id == "a-plus"
    assert result.resolved.note == SEVERAL_CREDENTIALS
    assert result.resolved.confirm


@given(st.text(max_size=200), st.none() | st.text(max_size=12))
def test_no_text_raises(resolver: Resolver, name: str, expires: str | None) -> None:
    result = resolver.resolve_credential(HeldCredential(name, None, expires), TODAY, "TX")

    assert result.credential_id is not None or result.reason in {"not_understood", "ambiguous"}
