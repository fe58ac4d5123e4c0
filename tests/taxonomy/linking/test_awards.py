"""Which award a program gives."""

from collections.abc import Callable

import pytest

from taxonomy.linking.awards import believed_award, entry_education, is_bridge, is_renewal
from taxonomy.linking.listing import Listing

MakeListing = Callable[..., Listing]


@pytest.mark.parametrize(
    ("name", "outcome", "award"),
    [
        ("Accounting, Bachelor of Business Administration", "industry_certificate", "bachelor"),
        ("Network Administrator A.A.S", "bachelor", "associate"),
        ("Masters of Science in Nursing Nurse Education", "bachelor", "graduate"),
        ("Welding AAS", "college_certificate", "associate"),
        ("Post-Baccalaureate Certificate in Accounting", "college_certificate", "college_certificate"),
        ("AWS Solutions Architect Associate", "industry_certificate", "industry_certificate"),
    ],
)
def test_a_degree_in_the_name_outweighs_the_outcome_box(
    listing: MakeListing, name: str, outcome: str | None, award: str | None
) -> None:
    found, findings = believed_award(listing(name=name, outcome=outcome))

    assert found == award
    assert [f.code for f in findings] == (["award_contradicts_name"] if award != outcome else [])


def test_a_copied_degree_in_the_credential_box_does_not_overrule_a_certificate(listing: MakeListing) -> None:
    row = listing(
        name="Welding Certificate", outcome="college_certificate", credential_text="Associate of Applied Science"
    )

    assert believed_award(row) == ("college_certificate", ())


def test_an_award_nobody_names_stays_unknown(listing: MakeListing) -> None:
    assert believed_award(listing(name="Welding", outcome=None)) == (None, ())


@pytest.mark.parametrize(
    "name",
    [
        "Nursing: Career Mobility",
        "LVN to RN Transition",
        "RN to Bachelors of Science in Nursing",
        "LVN RN Bridge Program",
        "Licensed Vocational Nurse to Nursing Registered AAS",
    ],
)
def test_a_course_for_people_who_hold_a_licence_is_a_bridge(listing: MakeListing, name: str) -> None:
    assert is_bridge(listing(name=name))


@pytest.mark.parametrize(
    "name", ["Vocational Nursing", "Certified Nurse Aide - Bridgeport Campus", "REGISTERED NURSE ADN RN"]
)
def test_a_whole_course_is_no_bridge(listing: MakeListing, name: str) -> None:
    assert not is_bridge(listing(name=name))


def test_a_refresher_renews_and_exam_preparation_does_not(listing: MakeListing) -> None:
    assert is_renewal(listing(name="Medication Aide for Permit Renewal"))
    assert not is_renewal(listing(name="PMP/CAPM Exam Prep"))


def test_a_degree_in_the_name_fills_an_outcome_box_left_empty(listing: MakeListing) -> None:
    assert believed_award(listing(name="Welding AAS", outcome=None)) == ("associate", ())


@pytest.mark.parametrize(
    ("name", "said", "asked"),
    [
        ("Vascular Technology   Enhanced Skills Certificate", "high_school_diploma", "associate"),
        ("Paralegal Advanced Technical Certificate", None, "associate"),
        ("Paralegal Advanced Technical Certificate", "bachelor", "bachelor"),
        ("Advanced Welding", "high_school_diploma", "high_school_diploma"),
    ],
)
def test_certificates_that_follow_a_degree_ask_for_it(
    listing: MakeListing, name: str, said: str | None, asked: str | None
) -> None:
    assert entry_education(listing(name=name, education_required=said)) == asked


def test_a_degree_asks_for_a_diploma_where_the_list_is_silent(listing: MakeListing) -> None:
    silent = listing(name="Welding AAS", education_required=None)

    assert entry_education(silent, "associate") == "high_school_equivalency"
    assert entry_education(silent, "college_certificate") is None
