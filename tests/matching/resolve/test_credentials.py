"""Held credentials: recognised, and never silently valid."""

import time
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
        (HeldCredential("CNA exp 03/2024", "TX"), ("cna", False, "expired")),
        (HeldCredential("CNA expired 2023", "TX"), ("cna", False, "expired")),
        (HeldCredential("CNA, expires: 2027-03", "TX"), ("cna", True, None)),
        (HeldCredential("CNA vence 3/2027", "TX"), ("cna", True, None)),
        (HeldCredential("NA-C", "WA", "2027-03"), ("cna", None, "other_state")),
        (HeldCredential("no CNA"), (None, False, "not_held")),
        (HeldCredential("never got my CNA"), (None, False, "not_held")),
        (HeldCredential("working on my CNA"), (None, False, "not_held")),
        (HeldCredential("OSHA 10"), ("osha-10", True, None)),
        (HeldCredential("warehouse OSHA 10 training"), ("osha-10", True, None)),
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


def test_a_name_found_among_other_words_is_to_be_confirmed(resolver: Resolver) -> None:
    assert resolver.resolve_credential(HeldCredential("warehouse OSHA 10 training"), TODAY, "TX").resolved.confirm


def test_what_is_not_held_is_named_with_its_likeliest_meaning(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("no CNA"), TODAY, "TX").resolved

    assert result.candidates[0].code == "cna"
    assert "do not hold" in (result.note or "")


def test_a_long_name_of_signs_takes_bounded_time(resolver: Resolver) -> None:
    started = time.perf_counter()

    for text in ("expired " * 1_500, "no " * 4_000, "/" * 10_000, "a+/" * 4_000, "exp ....... 1/1/" * 700):
        resolver.resolve_credentials(HeldCredential(text), TODAY, "TX")

    assert time.perf_counter() - started < 5.0
