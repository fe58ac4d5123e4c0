"""The credentials of the package as the names of real courses are read by them."""

import pytest

from taxonomy.linking.credential_naming import CredentialNamer
from taxonomy.linking.listing import Listing
from taxonomy.loaders.vocabulary import load_vocabulary

NAMER = CredentialNamer(load_vocabulary()["credentials"])


def named(name: str, text: str | None, cip: str, award: str) -> str | None:
    listing = Listing(
        id="tx-1", provider_id="tx-p1", provider_name="Alamo Test College", provider_kind=None, name=name, state="TX",
        credential_text=text, release="test", file="list.csv", line=2,
    )  # fmt: skip
    credential = NAMER.name(listing, cip=cip, award=award).credential
    return credential.id if credential else None


@pytest.mark.parametrize(
    ("name", "text", "credential"),
    [
        ("CDL", None, "cdl-a"),
        ("CDL Class A & Bus", "TRUCK DRIVER", "cdl-a"),
        ("CDL Bus Driver", "BUS DRIVER", "cdl-b-passenger"),
        ("Class B Commercial Truck Driving Program", "Class B CDL Licenses", "cdl-b"),
        ("Box Truck OR Bus Class B w/Forklift", "TRUCK DRIVER", "cdl-b-passenger"),
        ("CDL Class B (Straight Truck)", "TRUCK DRIVER", "cdl-b"),
        ("120 Hour CDL Class B + Passenger Endorsement", "TRUCK DRIVER", "cdl-b-passenger"),
        ("School Bus Driver", "BUS DRIVER", "cdl-b-school-bus"),
        ("Class B CDL with School Bus Endorsement Program", "CDL License", "cdl-b-school-bus"),
        ("Class B w Schoolbus", "Commercial Driver's License B with Schoolbus", "cdl-b-school-bus"),
        ("CDL Class C (School Bus)", None, "school-bus-endorsement"),
        ("Truck and Bus Driver/Commercial Vehicle Operator", "Commercial Driving License", "cdl-a"),
    ],
)
def test_the_class_of_a_driving_licence_is_the_one_named_or_the_one_a_bus_asks_for(
    name: str, text: str | None, credential: str
) -> None:
    assert named(name, text, "49.0205", "license") == credential


def test_a_licence_for_trucks_drives_no_bus_before_it_has_the_endorsement() -> None:
    opens = {c.id: c.opens for c in load_vocabulary()["credentials"]}

    assert opens["cdl-b"] == ("53-3033.00",)
    assert opens["cdl-b-passenger"] == ("53-3052.00",)
    assert "53-3051.00" in opens["cdl-b-school-bus"]


@pytest.mark.parametrize(
    ("name", "text", "cip", "credential"),
    [
        ("Associate Project Management CAPM Exam Prep", "PMI.ORG CAPM", "52.0211", "capm"),
        ("Project Management Professional Seminar", "PMP Certification", "52.0211", "pmp"),
        ("Certified Logistics Associate CESA", "MSSC Certifications", "52.0203", "mssc-cla"),
        ("Certified Logistics Associate/Certified Logistics Technician", None, "52.0203", "mssc-clt"),
        ("Cisco Networking Associate", "CCNP and A+", "11.0901", "ccna"),
        ("Insurance adjuster", None, "52.1701", "insurance-adjuster-tx"),
    ],
)
def test_the_lower_rung_of_a_certification_is_not_sold_as_the_higher(
    name: str, text: str | None, cip: str, credential: str
) -> None:
    assert named(name, text, cip, "industry_certificate") == credential


def test_associate_in_the_name_of_a_course_makes_its_certificate_no_degree() -> None:
    name = "Cyber Security Professional Associate Program"

    assert named(name, None, "11.1003", "industry_certificate") is None
    assert named(name, None, "11.1003", "associate") == "it-aas"


def test_teaching_every_grade_is_no_certificate_in_early_childhood() -> None:
    name = "Certification Area: LOTE Spanish All-Levels (Early Childhood-Grade 12)"

    assert named(name, "Texas Standard Teacher Certificate", "13.1206", "industry_certificate") == "teacher-tx"


def test_an_alias_names_nothing_where_the_pattern_that_reads_it_sees_a_degree() -> None:
    assert named("Office Administration", None, "52.0401", "college_certificate") == "administrative-assistant"
    assert named("Office Administration AAS", None, "52.0401", "associate") is None
