"""A small made-up world of words: ten occupations, a handful of skills, credentials and programs."""

from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import pytest

from matching.resolve.index import derive_title_index
from matching.resolve.resolver import Resolver
from taxonomy.credentials import Credential
from taxonomy.local_words import LocalWord
from taxonomy.occupations import (
    Descriptor,
    Occupation,
    OccupationTechnology,
    SkillPhrase,
    TaskStatement,
    Title,
    WorkActivity,
)
from taxonomy.programs import FieldTitle, Program, Provider
from taxonomy.snapshot import Contents, Snapshot, write_snapshot

T = TypeVar("T")

OCCUPATIONS = {
    "29-1141.00": ("Registered Nurses", 3_000_000, ("RN", "staff nurse", "charge nurse")),
    "31-1121.00": ("Home Health Aides", 3_500_000, ("home health aide", "HHA", "home attendant")),
    "31-1131.00": ("Nursing Assistants", 1_400_000, ("CNA", "nursing home aide", "patient care technician")),
    "35-2014.00": ("Cooks, Restaurant", 1_400_000, ("line cook", "cook", "grill cook")),
    "35-2011.00": ("Cooks, Fast Food", 600_000, ("fast food cook", "cook")),
    "41-2011.00": ("Cashiers", 3_300_000, ("cashier", "cash register operator", "front end clerk")),
    "47-2111.00": ("Electricians", 700_000, ("electrician", "wireman", "journeyman electrician")),
    "49-9021.00": ("Heating, Air Conditioning, and Refrigeration Mechanics", 400_000, ("HVAC technician",)),
    "51-4121.00": ("Welders, Cutters, Solderers, and Brazers", 400_000, ("welder", "MIG welder", "pipe welder")),
    "53-7051.00": ("Industrial Truck and Tractor Operators", 800_000, ("forklift operator", "forklift driver")),
}


def _record(record_type: type[T], **given: object) -> T:
    """A record whose fields not given are unknown."""
    empty: dict[str, object] = {"str": "", "bool": False, "float": 0.0}
    cells: dict[str, Any] = {}
    for field in fields(record_type):  # type: ignore[arg-type] # every record is a dataclass
        hint = str(field.type)
        if field.name in given:
            cells[field.name] = given[field.name]
        elif "tuple" in hint:
            cells[field.name] = ()
        else:
            cells[field.name] = None if "None" in hint else empty.get(getattr(field.type, "__name__", ""))
    return record_type(**cells)


def a_credential(ident: str, name: str, *, kind: str = "certification", **given: object) -> Credential:
    return _record(Credential, id=ident, name=name, kind=kind, **given)


def _contents() -> Contents:
    contents = Contents()
    tables = contents.tables
    for code, (name, employment, titles) in sorted(OCCUPATIONS.items()):
        tables["occupations"].append(
            _record(Occupation, onet_code=code, title=name, soc_code=code[:7], employment=employment)
        )
        tables["titles"].append(Title(name, code, "occupation", "made-up"))
        tables["titles"].extend(Title(text, code, "alternate", "made-up") for text in titles)
    tables["descriptors"] = [
        Descriptor("2.B.1.e", "Instructing", "skill", "made-up"),
        Descriptor("2.C.3.e", "Mechanical", "knowledge", "made-up"),
    ]
    tables["skill_phrases"] = [
        SkillPhrase("welding", "2.C.3.e", None, None, "made-up"),
        SkillPhrase("training new workers", "2.B.1.e", None, None, "made-up"),
        SkillPhrase("excel", None, "Microsoft Excel", None, "made-up"),
        SkillPhrase("forklift driving", "2.C.3.e", None, None, "made-up"),
        SkillPhrase("advanced rigging", "2.B.1.e", None, None, "made-up"),
    ]
    tables["technologies"] = [
        OccupationTechnology("41-2011.00", "Microsoft Excel", hot=True, release="made-up"),
        OccupationTechnology("41-2011.00", "Microsoft Word", hot=True, release="made-up"),
    ]
    tables["technologies"] += [
        OccupationTechnology("41-2011.00", name, hot=False, release="made-up") for name in ("PeopleNet", "Little Piano")
    ]
    tables["work_activities"] = [
        WorkActivity("4.A.1", "4.A", "detailed", "Mop floors.", "made-up"),
        WorkActivity("4.A", "4", "intermediate", "Change diapers.", "made-up"),
    ]
    tables["tasks"] = [
        TaskStatement("41-2011.00", "Dress children and change diapers.", "made-up", "2346"),
        TaskStatement("41-2011.00", "Mop floors.", "made-up", "77"),
    ]
    tables["credentials"] = [
        a_credential("cna", "Certified nurse aide", aliases=("CNA", "state tested nursing assistant"), valid_months=24,
                     flags=("state_rules_vary",)),
        a_credential("a-plus", "CompTIA A+", aliases=("A+",), valid_months=36, issuer="CompTIA"),
        a_credential("network-plus", "CompTIA Network+", aliases=("Net+", "Network+"), valid_months=36,
                     issuer="CompTIA"),
        a_credential("mssc-cpt", "Certified production technician", aliases=("CPT (MSSC)",)),
        a_credential("phlebotomy-cpt", "Certified phlebotomy technician", issuer="National Healthcareer Association"),
        a_credential("cdl-a", "Commercial driver's license, Class A", kind="license", aliases=("CDL",),
                     valid_months=48),
        a_credential("cdl-b", "Commercial driver's license, Class B", kind="license", aliases=("Class B CDL",),
                     valid_months=48),
        a_credential("hvac-tx", "Air conditioning license", kind="license", state="TX", aliases=("HVAC license",)),
        a_credential("osha-10", "OSHA 10-hour card", aliases=("OSHA 10",)),
    ]  # fmt: skip
    tables["programs"] = [
        _record(
            Program,
            id="p1",
            name="Welding Technology",
            provider_name="Alamo College",
            language="en",
            city="San Marcos",
            cip_code="48.0508",
        ),
        _record(Program, id="p2", name="Nurse Aide Training", provider_name="Alamo College", language="en"),
        _record(Program, id="p3", name="Nurse Aide Training", provider_name="River School", language="en"),
    ]
    tables["field_titles"] = [
        FieldTitle("48.0508", "Welding Technology/Welder", "made-up"),
        FieldTitle("51.0801", "Medical/Clinical Assistant", "made-up"),
    ]
    tables["providers"] = [
        Provider("alamo", "Alamo College", "community_college", "made-up"),
        Provider("river", "River School", None, "made-up"),
    ]
    tables["local_words"] = [
        LocalWord("title", "tote runner", "53-7051.00", "TX:ALAMO", "2026-01-01", "2026-06-30", "board-TX:ALAMO"),
        LocalWord("title", "floater", "31-1131.00", "TX:ALAMO", "2026-01-01", None, "board-TX:ALAMO"),
        LocalWord("title", "floater", "41-2011.00", "TX:GULF", "2026-01-01", None, "board-TX:GULF"),
        LocalWord("skill", "running totes", "2.C.3.e", "TX:ALAMO", "2026-01-01", None, "board-TX:ALAMO"),
        LocalWord("credential", "blue card", "cna", "TX:ALAMO", "2026-01-01", None, "board-TX:ALAMO"),
    ]
    return contents


@pytest.fixture(scope="session")
def contents() -> Contents:
    return _contents()


@pytest.fixture(scope="session")
def snapshot(contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("words") / "snapshot"
    contents.arrays.update(derive_title_index(contents))
    write_snapshot(contents, folder)
    return Snapshot.open(folder)


@pytest.fixture(scope="session")
def resolver(snapshot: Snapshot) -> Resolver:
    return Resolver.from_snapshot(snapshot)
