"""The reviewed stack rules: sourced, without a circle, and no stricter than the world."""

import re
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pytest

from taxonomy.credentials import Credential, StackRule
from taxonomy.loaders.vocabulary import load_vocabulary


@cache
def _tables() -> dict[str, list[Any]]:
    return load_vocabulary()


def _credentials() -> list[Credential]:
    return _tables()["credentials"]


def _rules() -> list[StackRule]:
    return _tables()["stack_rules"]


def _named(text: str) -> str | None:
    """The credential whose words come first in `text`; of words that start together, the wider."""
    hits = []
    for credential in _credentials():
        match = re.search("|".join(f"(?:{p})" for p in credential.program_patterns), text.lower())
        if match:
            hits.append((match.start(), -match.end(), credential.id))
    return min(hits)[2] if hits else None


def test_there_are_at_least_ninety_rules_each_with_a_source() -> None:
    assert len(_rules()) >= 90
    assert all(rule.source and rule.edition for rule in _rules())
    assert {rule.relation for rule in _rules()} <= {"required", "part", "recommended", "advanced_standing"}


def test_credit_is_claimed_only_under_a_recorded_agreement() -> None:
    assert [r for r in _rules() if r.relation == "advanced_standing" and r.agreement is None] == []


def test_no_pair_has_two_rules_and_none_leads_to_itself() -> None:
    pairs = [(r.from_credential, r.to_credential) for r in _rules()]

    assert len(pairs) == len(set(pairs))
    assert all(before != after for before, after in pairs)


def test_required_rules_have_no_circle() -> None:
    before = defaultdict(set)
    for rule in _rules():
        if rule.relation == "required":
            before[rule.to_credential].add(rule.from_credential)

    order = list(TopologicalSorter(before).static_order())

    assert order.index("lvn") < order.index("rn-bridge") < order.index("rn-bsn")


def test_computing_certifications_are_recommended_in_order_never_required() -> None:
    computing = {c.id for c in _credentials() if c.sector == "information_technology"}

    assert {r.relation for r in _rules() if r.to_credential in computing} == {"recommended"}


def test_a_certificate_of_a_second_imaging_discipline_is_for_who_holds_a_first() -> None:
    required = {r.from_credential for r in _rules() if r.to_credential == "mri-technologist"}

    assert required == {"radiography", "sonography"}
    assert {r.relation for r in _rules() if r.to_credential == "mri-technologist"} == {"required"}


def test_a_licensed_vocational_nurse_goes_on_by_the_bridge() -> None:
    onward = {r.to_credential for r in _rules() if r.from_credential == "lvn"}

    assert "rn-bridge" in onward
    assert "rn-adn" not in onward


@pytest.mark.parametrize(
    ("text", "credential"),
    [
        ("cdl class a or class b driver license", "cdl-a"),
        ("cdl class b driver license", "cdl-b"),
        ("magnetic resonance imaging technology", "mri-technologist"),
        ("computed tomography", "ct-technologist"),
    ],
)
def test_what_a_course_is_named_after_tells_its_credential(text: str, credential: str) -> None:
    assert _named(text) == credential
