"""The reviewed credentials: well formed, sourced, told apart by name, and stacked without a circle."""

import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from matching.resolve.text import normalise
from matching.resolve.word_lists import word_lists
from taxonomy.codes import Education, parse_onet_code
from taxonomy.credentials import FLAGS, Credential, StackRule
from taxonomy.loaders.vocabulary import load_vocabulary

OFFICIAL = Path(__file__).parents[2].parent / "shared" / "data" / "onet_30_1" / "Occupation Data.txt"

KINDS = {"certificate", "certification", "license", "degree", "apprenticeship_certificate", "badge"}
LABELS = {level.label for level in Education}
UNCHECKED = "general knowledge"


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


# What each entry must say


def test_there_are_at_least_eighty_credentials_over_every_sector() -> None:
    sectors = {c.sector for c in _credentials()}

    assert len(_credentials()) >= 80
    assert sectors >= {
        "healthcare",
        "information_technology",
        "manufacturing",
        "construction",
        "transportation",
        "business",
        "early_childhood",
        "energy",
        "public_safety",
        "adult_education",
    }


@pytest.mark.parametrize("credential", _credentials(), ids=lambda c: c.id)
def test_each_credential_is_well_formed_and_sourced(credential: Credential) -> None:
    codes = (*credential.opens, *credential.licenses)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", credential.id)
    assert credential.kind in KINDS
    assert set(credential.flags) <= FLAGS
    assert {credential.education_required, credential.education_awarded} <= LABELS | {None}
    assert all(parse_onet_code(code) == code for code in codes)
    assert all(re.fullmatch(r"\d\d(\.\d{2}(\d{2})?)?", prefix) for prefix in credential.cip_prefixes)
    assert credential.source
    assert credential.edition
    assert date.fromisoformat(credential.checked_on) <= date(2026, 11, 22)
    assert credential.aliases
    assert credential.program_patterns


@pytest.mark.parametrize("credential", _credentials(), ids=lambda c: c.id)
def test_figures_come_from_a_source_and_are_plausible(credential: Credential) -> None:
    figures = (credential.exam_cost_usd, credential.training_hours, credential.minimum_age, credential.valid_months)

    assert all(figure is None or figure > 0 for figure in figures)
    if credential.exam_cost_usd is not None or credential.verified:
        assert UNCHECKED not in credential.source
    if credential.exam_cost_usd is not None:
        assert credential.exam_name
        assert re.search(r"\$\d", credential.source), "the source must be quoted for the price"


def test_what_closes_an_occupation_also_opens_it() -> None:
    stray = [c.id for c in _credentials() if not set(c.licenses) <= set(c.opens)]

    assert stray == []


def test_an_alias_belongs_to_one_credential() -> None:
    owners = defaultdict(set)
    for credential in _credentials():
        for alias in credential.aliases:
            owners[alias.lower()].add(credential.id)

    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


def test_a_degree_says_which_education_it_awards() -> None:
    assert [c.id for c in _credentials() if c.kind == "degree" and c.education_awarded is None] == []


@pytest.mark.parametrize(
    ("credential_id", "field", "value"),
    [
        ("cna", "training_hours", 75.0),
        ("hha", "training_hours", 75.0),
        ("lvn", "exam_cost_usd", 200.0),
        ("rn-adn", "exam_cost_usd", 200.0),
        ("rn-adn", "education_awarded", "associate"),
        ("cda", "training_hours", 120.0),
        ("cda", "exam_cost_usd", 425.0),
        ("mssc-cpt", "valid_months", 60),
        ("ap-mechanic", "minimum_age", 18),
        ("cdl-a", "training_hours", None),  # the federal rule sets no minimum of hours
    ],
)
def test_checked_facts_stay_as_their_sources_print_them(credential_id: str, field: str, value: object) -> None:
    (credential,) = [c for c in _credentials() if c.id == credential_id]

    assert getattr(credential, field) == value
    assert credential.verified


# Names of real lists, and the names they are confused with


@pytest.mark.parametrize("credential", _credentials(), ids=lambda c: c.id)
def test_patterns_compile_and_never_match_nothing(credential: Credential) -> None:
    for pattern in credential.program_patterns:
        compiled = re.compile(pattern)

        assert pattern == pattern.lower()
        assert compiled.search("") is None
        assert not re.search(r"[+*]\)[+*]", pattern), "a repeated repeat takes exponential time"


@pytest.mark.parametrize(
    ("name", "credential_id"),
    [
        ("Certified Nurses Aide", "cna"),
        ("Nursing Assistant/Aide and Patient Care Assistant/Aide", "cna"),
        ("Nurse Aide for Health Care Organization Vocational Nursing Pathway", "cna"),
        ("Certified Cisco Networking Associate", "ccna"),
        ("Acute Care Technician (ACT)", "pct"),
        ("Certified Phlebotomy Technician (CPCT-A)", "phlebotomy-cpt"),
        ("Certified Production Technician (CPT)", "mssc-cpt"),
        ("Manufacturing Skill Standards Council", "mssc-cpt"),
        ("Certified Logistics Technician (CLT)", "mssc-clt"),
        ("Vocational Nursing Level 2 Certificate", "lvn"),
        ("Licensed Practical/Vocational Nurse", "lvn"),
        ("LVN to RN Bridge", "rn-bridge"),
        ("LVN to ADN Transition", "rn-bridge"),
        ("Nursing: Career Mobility", "rn-bridge"),
        ("Associate Degree in Nursing Bridge Program", "rn-bridge"),
        ("Nursing: Generic A.A.S.", "rn-adn"),
        ("Licensed Registered Nurse", "rn-adn"),
        ("Bachelor of Science in Nursing", "bsn"),
        ("Bachelor of Science in Nursing Completion Degree", "rn-bsn"),
        ("Medical Assistant Program", "medical-assistant"),
        ("Clinical/Medical Assistant", "medical-assistant"),
        ("Certified Clinical Medical Asst", "ccma"),
        ("Clinical Medical Assistant", "ccma"),
        ("NRCMA Nationally Registered Certified Medical Assistant", "nrcma"),
        ("Certified Medical Administrative Assistant (CMAA)", "cmaa"),
        ("Clinical Medical Administrative Asst", "cmaa"),
        ("Administrative Assistant-Medical AAS", None),
        ("Certified Electronic Health Records Specialist", "cehrs"),
        ("Certified Billing and Coding Specialist", "cbcs"),
        ("Medical Billing and Coding", "medical-billing-coding"),
        ("NRCCS Nationally Registered Certified Coding Specialist", "nrccs"),
        ("Certified Coding Associate", "cca-ahima"),
        ("Registered Dental Assistant", "rda-tx"),
        ("Dental Assisting", "dental-assistant"),
        ("Child Development Associate", "cda"),
        ("Limited Medical Radiologic Technologist with Medical Assistant", "lmrt"),
        ("Histologic Technician Level 2 Certificate", "histologic-technician"),
        ("EMT Basic License", "emt"),
        ("Licensed Paramedic", "paramedic"),
        ("CompTIA A+ Certification Training (Voucher Included)", "a-plus"),
        ("A Plus CompTIA", "a-plus"),
        ("A+ Network+ Security+", "a-plus"),
        ("CompTIA Network+ Certification Training", "network-plus"),
        ("CompTIA Security", "security-plus"),
        ("CompTIA Linux+ Certification Preparation, OSA", "linux-plus"),
        ("AWS Certified Solutions Architect", "aws-saa"),
        ("AWS Certified Cloud Practitioner", "aws-cp"),
        ("American Welding Society", "aws-d1-1"),
        ("Welding Technology AAS", "welding-aas"),
        ("NCCER Welding Level 1", "nccer-welding-1"),
        ("NCCER Plumbing Level 1", "nccer-plumbing-1"),
        ("Electrical Apprenticeship", "electrician-apprenticeship"),
        ("TDLR Journeyman Electrical License", "journeyman-electrician-tx"),
        ("Plumbing Pre-Apprenticeship", None),
        ("Flooring Installer Pre-Apprenticeship Certification", None),
        ("San Antonio Carpenters Local 14", "carpenter-apprenticeship"),
        ("Southwest Laborers Training and Apprenticeship Fund", "laborer-apprenticeship"),
        ("Telecommunication Apprenticeship", "telecom-apprenticeship"),
        ("Grade & Paving Equipment Operators Apprenticeship", "equipment-operator-apprenticeship"),
        ("Electrical Trades Certificate", "electrical-certificate"),
        ("Air Conditioning and Heating Certificate", "hvac-certificate"),
        ("Refrigeration Technology AAS", "hvac-aas"),
        ("Class A CDL Truck Driver Training Program", "cdl-a"),
        ("Commercial Driver's License", "cdl-a"),
        ("CDL Class B Drivers License", "cdl-b"),
        ("Commercial Driver's License B with Schoolbus", "cdl-b-school-bus"),
        ("Class A Barber and Cross Over", "barber-tx"),
        ("Diesel Heavy Equipment Level 1 Certificate", "diesel-certificate"),
        ("Associate of Applied Science Airframe/Powerplant Technician", "ap-mechanic"),
        ("Certified Bookkeeper", "aipb-bookkeeper"),
        ("Professional Bookkeeping with QuickBooks Online", "bookkeeping-certificate"),
        ("HRCI Professional in Human Resources", "hr-aphr"),
        ("Medical Interpreter (Spanish/English)", "medical-interpreter"),
        ("Basic Peace Officer", "peace-officer-tx"),
        ("Educator Preparation Program (Core Subjects EC 6)", "teacher-tx"),
        ("Registered Behavior Technician Training", "rbt"),
        ("Multi Craft Core Curriculum", "mc3"),
        ("General Studies, Bachelor of General Studies", None),
        ("Health Information Technology (AAS)", "rhit"),
        ("Programmable Logic Controller", "mechatronics-certificate"),
    ],
)
def test_a_program_name_leads_to_its_credential_and_no_other(name: str, credential_id: str | None) -> None:
    assert _named(name) == credential_id


# Legal bars


def test_every_bar_names_its_authority_and_the_way_around() -> None:
    bars = {bar.code: bar for bar in _tables()["legal_bars"]}

    assert set(bars) == {f"L{n}" for n in range(1, 12)} | {"LS"}
    assert all(bar.authority and bar.waiver for bar in bars.values())
    assert bars["L4"].verified
    assert not bars["L1"].verified


@pytest.mark.official
def test_every_occupation_a_credential_opens_exists_in_onet() -> None:
    if not OFFICIAL.is_file():
        pytest.skip("the folder of official data is not beside the project")
    lines = OFFICIAL.read_text(encoding="utf-8").splitlines()
    known = {line.split("\t", 1)[0] for line in lines}

    assert {code for c in _credentials() for code in (*c.opens, *c.licenses)} <= known


def test_every_everyday_name_stands_for_a_listed_one() -> None:
    listed = {normalise(name) for c in _credentials() for name in (c.name, *c.aliases)}

    assert {name for name in word_lists()["everyday_credentials"].values() if normalise(name) not in listed} == set()


LOCAL = {"exam_cost_usd", "valid_months", "minimum_age", "training_hours"}


def test_what_holds_in_one_state_is_named_with_its_state_and_is_a_fact_that_may_be_unknown() -> None:
    for credential in _credentials():
        assert bool(credential.local_facts) is (credential.local_state is not None), credential.id
        assert set(credential.local_facts) <= LOCAL, credential.id
        assert all(getattr(credential, fact) is not None for fact in credential.local_facts), credential.id


def test_a_fee_read_in_texas_is_unknown_in_new_jersey_and_so_is_how_long_the_certificate_lasts() -> None:
    aide = next(c for c in _credentials() if c.id == "cna")

    home, elsewhere = aide.in_state("TX"), aide.in_state("NJ")

    assert (home.exam_cost_usd, home.valid_months) == (125, 24)
    assert (elsewhere.exam_cost_usd, elsewhere.valid_months) == (None, None)
    assert "validity_unknown" in elsewhere.flags
    assert aide.in_state(None) == elsewhere
    assert elsewhere.training_hours == 75  # a federal rule


def test_a_length_or_fee_that_only_texas_rules_are_named_for_is_marked_as_local() -> None:
    """Of credentials of no one state whose source speaks of Texas, these facts have another source beside it."""
    elsewhere_too = {"cna": {"training_hours"}, "hha": {"training_hours"}, "lvn": {"exam_cost_usd"}}
    elsewhere_too |= {"cpht": {"exam_cost_usd", "valid_months"}}  # of the PTCB
    elsewhere_too |= {"emt": {"exam_cost_usd"}, "paramedic": {"exam_cost_usd"}}  # of the National Registry

    for credential in _credentials():
        if credential.state is None and re.search(r"Texas|\bTAC\b", credential.source):
            told = {fact for fact in LOCAL if getattr(credential, fact) is not None}
            assert told - set(credential.local_facts) == elsewhere_too.get(credential.id, set()), credential.id
