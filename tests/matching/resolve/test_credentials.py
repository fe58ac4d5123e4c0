"""Held credentials: recognised, and never silently valid."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.resolve.credential_names import left_open, meanings
from matching.resolve.credentials import split_credentials
from matching.resolve.holding import denied
from matching.resolve.resolver import Resolver
from matching.resolve.text import fold
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
        (HeldCredential("CNA exp. 3-15-24", "TX"), ("cna", False, "expired")),
        (HeldCredential("CNA expires December 31, 2024", "TX"), ("cna", False, "expired")),
        (HeldCredential("CNA exp 12/31/27", "TX"), ("cna", True, None)),
        (HeldCredential("CNA exp 3/21", "TX"), ("cna", None, "expiry_unreadable")),
        (HeldCredential("CNA expired 2027-03", "TX"), ("cna", None, "expiry_unreadable")),
        (HeldCredential("CNA not expired"), ("cna", None, "no_expiry")),
        (HeldCredential("CNA expired last year"), ("cna", False, "expired")),
        (HeldCredential("CNA license suspended"), ("cna", False, "not_valid")),
        (HeldCredential("lost my CNA"), ("cna", False, "not_valid")),
        (HeldCredential("CNA (OK) exp 12/31/27"), ("cna", None, "other_state")),
        (HeldCredential("CNA in Oklahoma, exp 12/31/27"), ("cna", None, "other_state")),
        (HeldCredential("CNA OK"), ("cna", None, "other_state")),
        (HeldCredential("cna ok"), ("cna", None, "no_expiry")),
        (HeldCredential("CNA student"), (None, False, "not_held")),
        (HeldCredential("taking CNA classes"), (None, False, "not_held")),
        (HeldCredential("was studying for CNA"), (None, False, "not_held")),
        (HeldCredential("CNA test scheduled"), (None, False, "not_held")),
        (HeldCredential("never finished the CNA course"), (None, False, "not_held")),
        (HeldCredential("CNA instructor"), (None, None, "not_understood")),
        (HeldCredential("associates degree"), (None, None, "not_understood")),
        (HeldCredential("bachelor of science"), (None, None, "not_understood")),
        (HeldCredential("driver's license"), (None, None, "not_understood")),
        (HeldCredential("CompTIA"), (None, None, "not_understood")),
        (HeldCredential("Network license"), (None, None, "not_understood")),
        (HeldCredential("OSHA 30-hour card"), (None, None, "not_understood")),
        (HeldCredential("osha10"), ("osha-10", True, None)),
        (HeldCredential("phlebotomy technician certification NHA"), ("phlebotomy-cpt", True, None)),
        (HeldCredential("CPT NHA"), ("phlebotomy-cpt", True, None)),
        (HeldCredential("Class B CDL with OSHA 10"), ("cdl-b", None, "no_expiry")),
        (HeldCredential("HVAC certificate"), ("hvac-tx", None, "other_kind")),
        (HeldCredential("OSHA 10 license"), ("osha-10", None, "other_kind")),
        (HeldCredential("CNA from Mexico"), ("cna", False, "other_country")),
        (HeldCredential("licencia de CNA en Venezuela"), ("cna", False, "other_country")),
        (HeldCredential("foreign CNA", expires="2030-01"), ("cna", False, "other_country")),
        (HeldCredential("OSHA 10 from Honduras"), ("osha-10", None, "other_country")),
        (HeldCredential("CNA from New Mexico"), ("cna", None, "other_state")),
        (HeldCredential("completed OSHA 10"), ("osha-10", True, None)),
    ],
)
def test_validity_is_said_with_its_reason(
    resolver: Resolver, held: HeldCredential, expected: tuple[str | None, bool | None, str | None]
) -> None:
    result = resolver.resolve_credential(held, TODAY, "TX")

    assert (result.credential_id, result.valid, result.reason) == expected


def test_an_expired_credential_says_since_when(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("CNA", "TX", "2025-02"), TODAY, "TX")

    assert result.resolved.note == "expired on 2025-02-28: ask what it takes to renew it"


def test_an_ambiguous_acronym_offers_its_meanings(resolver: Resolver) -> None:
    result = resolver.resolve_credential(HeldCredential("CPT"), TODAY, "TX").resolved

    assert result.confirm
    assert {c.code for c in result.candidates} == {"mssc-cpt", "phlebotomy-cpt"}


def test_a_list_gives_each_credential(resolver: Resolver) -> None:
    found = resolver.resolve_credentials(HeldCredential("A+ / Net+, CNA"), TODAY, "TX")

    assert [f.credential_id for f in found] == ["a-plus", "network-plus", "cna"]


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ("CDL A and B", ["cdl a", "cdl class b"]),
        ("CDL A/B", ["cdl A", "cdl class B"]),
        ("CDL class B and C", ["cdl class b", "cdl class c"]),
        ("class A, B", ["class a", "cdl class b"]),
        ("barber class A and B", ["barber class a", "barber class b"]),
        ("comptia a+ net+ sec+", ["comptia a+", "net+", "sec+"]),
    ],
)
def test_each_class_of_a_licence_and_each_name_with_a_plus_is_one_of_a_list(said: str, classes: list[str]) -> None:
    found = [part.name for part in split_credentials(HeldCredential(said))]

    assert [name.casefold() for name in found] == [name.casefold() for name in classes]


def test_each_of_a_list_keeps_its_own_state_and_expiry(resolver: Resolver) -> None:
    found = resolver.resolve_credentials(
        HeldCredential("CNA (OK), A+ expires Dec 31, 2024; Net+ exp 5/2027"), TODAY, "TX"
    )

    assert [(f.credential_id, f.valid) for f in found] == [("cna", None), ("a-plus", False), ("network-plus", True)]
    assert found[0].reason == "other_state"


def test_one_credential_under_two_names_is_one(resolver: Resolver) -> None:
    (found,) = resolver.resolve_credentials(HeldCredential("CNA/state tested nursing assistant"), TODAY, "TX")

    assert found.credential_id == "cna"


def test_the_name_of_an_issuer_offers_what_it_issues(resolver: Resolver) -> None:
    found = resolver.resolve_credential(HeldCredential("CompTIA"), TODAY, "TX").resolved

    assert {c.code for c in found.candidates} == {"a-plus", "network-plus"}
    assert found.confirm


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

    for text in (
        "expired " * 1_500,
        "no " * 4_000,
        "/" * 10_000,
        "a+/" * 4_000,
        "exp ....... 1/1/" * 700,
        "taking a " * 1_200,
    ):
        resolver.resolve_credentials(HeldCredential(text), TODAY, "TX")

    assert time.perf_counter() - started < 5.0


def test_a_license_of_a_state_is_asked_about_where_the_home_is_not_known(resolver: Resolver) -> None:
    found = resolver.resolve_credential(HeldCredential("CNA (OK) exp 2028"), TODAY, None)

    assert (found.credential_id, found.valid, found.resolved.confirm) == ("cna", None, True)
    assert "issued in OK" in (found.resolved.note or "")


@pytest.mark.parametrize("name", ["nursing license", "license in nursing", "licencia de enfermería", "Nursing"])
def test_a_licence_of_several_meanings_is_told_in_any_order_and_in_spanish(name: str) -> None:
    assert meanings(name) == ["registered nurse", "licensed vocational nurse", "certified nursing assistant"]


@pytest.mark.parametrize("name", ["registered nurse", "licencia de cosmetología", ""])
def test_a_name_of_one_meaning_has_no_others(name: str) -> None:
    assert meanings(name) == []


@pytest.mark.parametrize("name", ["ServSafe", "serv safe", "Serv Safe certification"])
def test_servsafe_may_be_the_manager_or_the_card_of_who_handles_food(name: str) -> None:
    assert left_open(name) == "Food handler card"
    assert left_open("ServSafe Manager") is None


@pytest.mark.parametrize("name", ["CDL", "CDL A", "CDL-B", "class B CDL", "class A"])
def test_a_permit_to_learn_is_no_licence_yet(name: str) -> None:
    assert denied(fold(f"{name} permit")) == fold(name)
    assert denied(fold(name)) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Commercial driver's license, Class B, P and S", ["Commercial driver's license Class B", "P", "S"]),
        ("Commercial driver's licence, B, with hazmat", ["Commercial driver's licence class B", "hazmat"]),
        ("class B CDL with P", ["class B CDL", "P"]),
        ("CDL class A, class B", ["CDL class A", "class B"]),
        ("CNA, class A", ["CNA", "class A"]),
    ],
)
def test_the_class_said_after_a_licence_belongs_to_it_and_a_letter_is_an_endorsement(
    text: str, names: list[str]
) -> None:
    parts = split_credentials(HeldCredential(text))

    assert [part.name.removesuffix(" endorsement") for part in parts] == names
    assert all(part.name.endswith(" endorsement") for part in parts if len(part.name.split()[0]) == 1)
