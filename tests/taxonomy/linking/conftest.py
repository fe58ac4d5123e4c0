"""A few credentials, occupations and crosswalk rows, and listings made to show one trap each."""

from collections.abc import Callable
from typing import Any

import pytest

from taxonomy.credentials import Credential
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks
from taxonomy.occupations import Occupation
from taxonomy.places import Zip
from taxonomy.snapshot import Contents

_RN, _LVN, _CNA = "29-1141.00", "29-2061.00", "31-1131.00"


def _credential(credential_id: str, kind: str, **fields: object) -> Credential:
    blank: dict[str, Any] = dict.fromkeys(Credential.__dataclass_fields__, None)
    tuples = ("aliases", "program_patterns", "cip_prefixes", "opens", "licenses", "legal_bars", "flags", "local_facts")
    blank |= dict.fromkeys(tuples, ())
    known = {"id": credential_id, "kind": kind, "name": credential_id, "sector": "test", "verified": True}
    return Credential(**(blank | known | {"source": "", "edition": "", "checked_on": ""} | fields))


_CREDENTIALS = (
    _credential(
        "cna",
        "certificate",
        name="Certified Nurse Aide",
        aliases=("CNA",),
        program_patterns=(r"\bnurs(e|ing) (aide|assistant)s?\b",),
        cip_prefixes=("51.3902",),
        opens=(_CNA,),
        licenses=(_CNA,),
        education_awarded="postsecondary_certificate",
    ),
    _credential(
        "lvn",
        "license",
        name="Licensed Vocational Nurse",
        aliases=("LVN",),
        program_patterns=(r"\b(vocational|practical) nurs",),
        cip_prefixes=("51.3901",),
        opens=(_LVN,),
        licenses=(_LVN,),
        education_awarded="postsecondary_certificate",
    ),
    _credential(
        "rn",
        "license",
        name="Registered Nurse",
        program_patterns=(r"\bregistered nurs", r"\brn\b", r"\b(adn|associate degree (in )?nursing)\b"),
        cip_prefixes=("51.3801",),
        opens=(_RN,),
        licenses=(_RN,),
        education_awarded="associate",
    ),
    _credential(
        "bsn",
        "degree",
        name="Bachelor of Science in Nursing",
        aliases=("BSN",),
        cip_prefixes=("51.3801",),
        opens=(_RN,),
        education_awarded="bachelor",
    ),
    _credential(
        "phlebotomy",
        "certification",
        name="Certified Phlebotomy Technician",
        program_patterns=(r"\bphlebotom", r"\bcpt\b"),
        cip_prefixes=("51.1009",),
        opens=("31-9097.00",),
    ),
    _credential(
        "mssc-cpt",
        "certification",
        name="Certified Production Technician",
        program_patterns=(r"\bproduction tech", r"\bcpt\b"),
        cip_prefixes=("47.0303", "15.06", "46.0303"),
        opens=("51-9061.00",),
    ),
    _credential(
        "cota",
        "license",
        name="Certified Occupational Therapy Assistant",
        program_patterns=(r"\boccupational therapy assistant",),
        cip_prefixes=("51.0803",),
        opens=("31-2011.00",),
        licenses=("31-2011.00",),
        education_awarded="associate",
    ),
    _credential(
        "plumber-apprenticeship",
        "apprenticeship_certificate",
        name="Plumber registered apprenticeship",
        program_patterns=(r"\bplumb\w*\b.{0,20}\bapprent", r"\bapprent\w*\b.{0,20}\bplumb"),
        cip_prefixes=("46.0503",),
        opens=("47-2152.00",),
    ),
    _credential(
        "automotive-aas",
        "degree",
        name="Associate degree in automotive technology",
        cip_prefixes=("47.0604",),
        opens=("49-3023.00",),
        education_awarded="associate",
    ),
    _credential(
        "tx-manicurist",
        "license",
        name="Manicurist license (Texas)",
        state="TX",
        program_patterns=(r"\bmanicur", r"\bnail tech"),
        cip_prefixes=("12.0410",),
        opens=("39-5092.00",),
        licenses=("39-5092.00",),
    ),
    _credential("ase", "certification", name="Automotive Service Excellence", opens=("49-3023.00",)),
    _credential(
        "plumber-tx",
        "license",
        name="Journeyman plumber license (Texas)",
        state="TX",
        program_patterns=(r"\bjourneyman plumb",),
        cip_prefixes=("46.0503",),
        opens=("47-2152.00",),
        licenses=("47-2152.00",),
    ),
    _credential("osha-10", "certificate", name="OSHA 10-Hour", aliases=("OSHA 10",)),
)


def _occupation(code: str, title: str, education: str | None, barred: str | None = None) -> Occupation:
    blank: dict[str, Any] = dict.fromkeys(Occupation.__dataclass_fields__, None)
    known = {"onet_code": code, "title": title, "soc_code": code[:7], "release": "test"}
    return Occupation(**(blank | known | {"typical_education": education, "barred": barred}))


_OCCUPATIONS = (
    _occupation("11-1021.00", "General and Operations Managers", "bachelor"),
    _occupation("13-1082.00", "Project Management Specialists", "bachelor"),
    _occupation("17-3024.00", "Robotics Technicians", "associate"),
    _occupation(
        "25-1194.00", "Career/Technical Education Teachers, Postsecondary", "bachelor", "postsecondary_teacher"
    ),
    _occupation(_RN, "Registered Nurses", "bachelor"),
    _occupation("29-1141.03", "Critical Care Nurses", "bachelor"),
    _occupation(_LVN, "Licensed Practical and Licensed Vocational Nurses", "postsecondary_certificate"),
    _occupation("31-1121.00", "Home Health Aides", "high_school_diploma"),
    _occupation(_CNA, "Nursing Assistants", "postsecondary_certificate"),
    _occupation("31-2011.00", "Occupational Therapy Assistants", "associate"),
    _occupation("31-9092.00", "Medical Assistants", "postsecondary_certificate"),
    _occupation("31-9097.00", "Phlebotomists", "postsecondary_certificate"),
    _occupation("39-5092.00", "Manicurists and Pedicurists", "postsecondary_certificate"),
    _occupation("47-2152.00", "Plumbers, Pipefitters, and Steamfitters", "high_school_diploma"),
    _occupation("49-3023.00", "Automotive Service Technicians", "postsecondary_certificate"),
    _occupation("51-4041.00", "Machinists", "high_school_diploma"),
    _occupation("51-4121.00", "Welders", "high_school_diploma"),
    _occupation("51-9061.00", "Inspectors, Testers, Sorters", "high_school_diploma"),
)

_CROSSWALKS = Crosswalks(
    onet_2010_to_2019={
        "31-1014.00": (_CNA,),
        "31-1011.00": ("31-1121.00",),
        "51-4121.06": ("51-4121.00",),
        "51-4010.00": ("51-4041.00", "51-9162.00"),
    },
    onet_to_soc={o.onet_code: o.soc_code for o in _OCCUPATIONS} | {"51-9162.00": "51-9162"},
    cip_to_soc={
        "46.0503": ("47-2152",),
        "47.0604": ("49-3023",),
        "48.0508": ("51-4121",),
        "51.0801": ("31-9092",),
        "51.3801": ("25-1194", "29-1141"),
        "51.3901": ("29-2061",),
        "51.3902": ("31-1131",),
        "52.0201": ("11-1021", "25-1194"),
    },
)


@pytest.fixture
def credentials() -> tuple[Credential, ...]:
    return _CREDENTIALS


@pytest.fixture
def occupations() -> tuple[Occupation, ...]:
    return _OCCUPATIONS


@pytest.fixture
def crosswalks() -> Crosswalks:
    return _CROSSWALKS


@pytest.fixture
def contents() -> Contents:
    """A snapshot in the making: vocabularies filled, no program yet."""
    filled = Contents()
    filled.tables["credentials"].extend(_CREDENTIALS)
    filled.tables["occupations"].extend(_OCCUPATIONS)
    filled.tables["zips"].append(Zip("78207", "San Antonio", "TX", "Bexar", None, None, None, 29.42, -98.53, "test"))
    return filled


@pytest.fixture
def listing() -> Callable[..., Listing]:
    """A plain listing, its fields to be overridden by the trap."""

    def make(**fields: object) -> Listing:
        plain: dict[str, Any] = {
            "id": "tx-1",
            "provider_id": "tx-p1",
            "provider_name": "Alamo Test College",
            "provider_kind": "community_college",
            "name": "Welding",
            "release": "test",
            "file": "list.csv",
            "line": 2,
            "tuition_usd": 1000.0,
            "books_usd": 100.0,
            "zip": "78207",
        }
        return Listing(**(plain | fields))

    return make
