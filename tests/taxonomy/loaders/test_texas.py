"""The Texas list in its published layout: form is cleaned, claims are left for the linker."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.linking.listing import Listing
from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.source import Delivery, list_sources
from taxonomy.loaders.texas import load_texas
from taxonomy.release import LoadReport

Load = Callable[..., tuple[list[Listing], LoadReport]]

SOURCE = next(s for s in list_sources() if s.id == "tx-etpl")
PLAIN = {
    "Provider ID": "805",
    "Program ID": "8870",
    "ProviderName": "ACCD St Philips College",
    "Institution Type": "Private non-profit",
    "Campus State": "TX",
    "Campus Zip Code": "78203",
    "Program Name": "Vocational Nursing",
    "Instructional Program (CIP) Code": "513901",
    "Pell Eligible": "Yes",
    "Program Outcome": "Government license",
    "Associted Credential Name": "Licensed Vocational Nurse",
    "Length: Contact Hours": "1520",
    "Length: Weeks": "52",
    "Delivery Method": "In-person",
    "Occupation Code (ONET 1)": "29206100",
    "Required Cost: Tuition & Fees": "5000",
    "Required Cost: Books & Supplies": "3000",
    "Program ETPL Start Date": "September 4, 2019 1:14 PM",
}


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads rows that differ from a plain one in the cells given."""

    def read(*rows: dict[str, str]) -> tuple[list[Listing], LoadReport]:
        (table,) = SOURCE.tables
        path = tmp_path / "tx_etpl_20240320.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, (*table.columns, *table.other_columns))
            writer.writeheader()
            writer.writerows(PLAIN | row for row in rows)
        source = replace(SOURCE, tables=(replace(table, minimum_rows=1, least_usual_rows=0),))
        return load_texas(Delivery(source, "20240320", {"programs": SourceFile(path)}))

    return read


def test_a_plain_row_is_read_without_a_complaint(load: Load) -> None:
    (row,), report = load({})

    assert (row.id, row.provider_id, row.weeks, row.clock_hours, row.tuition_usd) == (
        "tx-8870",
        "tx-805",
        52,
        1520,
        5000,
    )
    assert (row.outcome, row.modality, row.listed_on, row.pell) == ("license", "in_person", "2019-09-04", "yes")
    assert (row.declared_codes, row.line, row.release) == (("29206100",), 2, "tx-etpl-20240320")
    assert report.problems == []


@pytest.mark.parametrize("cell", ["99999", "0", "ERROR"])
def test_a_length_that_stands_for_no_length_is_unknown_and_reported(load: Load, cell: str) -> None:
    (row,), report = load({"Length: Weeks": cell})

    assert row.weeks is None
    assert [(p.line, p.column, p.value, p.action) for p in report.problems] == [
        (2, "Length: Weeks", cell, "value_unknown")
    ]


@pytest.mark.parametrize(("cell", "known"), [("Yes", [True]), ("No", [False]), ("", [None])])
def test_a_blank_yes_or_no_is_unknown_never_no(load: Load, cell: str, known: list[bool | None]) -> None:
    (row,), _ = load({"Information: Onsite Childcare": cell})

    assert [row.child_care_onsite] == known


@pytest.mark.parametrize("column", ["Delivery Method", "Program Outcome", "Academic PreRequisites"])
def test_invalid_code_is_unknown_and_reported(load: Load, column: str) -> None:
    (row,), report = load({column: "INVALID CODE"})

    assert None in (row.modality, row.outcome, row.education_required)
    assert [(p.column, p.value) for p in report.problems] == [(column, "INVALID CODE")]


@pytest.mark.parametrize("cell", ["0", "Certificate", "N/A"])
def test_a_credential_name_that_names_none_is_unknown_and_reported(load: Load, cell: str) -> None:
    (row,), report = load({"Associted Credential Name": cell})

    assert row.credential_text is None
    assert [p.reason for p in report.problems] == ["names no credential"]


def test_html_entities_are_decoded_even_cut_short(load: Load) -> None:
    (row,), report = load({"Program Name": "Welder 3G &amp; 4G 1/8&quot  plate"})

    assert row.name == 'Welder 3G & 4G 1/8" plate'
    assert [(p.column, p.action) for p in report.problems] == [("Program Name", "repaired")]


def test_a_skill_gain_that_leads_to_a_credential_does_not_say_which_award(load: Load) -> None:
    rows, _ = load(
        {"Program ID": "1", "Program Outcome": "Measureable skill gain leading to a credential"},
        {"Program ID": "2", "Program Outcome": "Measureable skill gain leading to employment"},
    )

    assert [row.outcome for row in rows] == [None, "none"]


def test_prerequisites_tell_education_and_courses_apart(load: Load) -> None:
    rows, _ = load(
        {"Program ID": "1", "Academic PreRequisites": "High School Diploma or Equivalent"},
        {"Program ID": "2", "Academic PreRequisites": "Combination of Education and Course(s)"},
        {"Program ID": "3", "Academic PreRequisites": ""},
    )

    assert [(r.education_required, r.courses_required) for r in rows] == [
        ("high_school_diploma", False),
        (None, True),
        (None, None),
    ]


def test_a_date_of_another_shape_is_unknown_and_reported(load: Load) -> None:
    (row,), report = load({"Program ETPL Start Date": "2019-09-04"})

    assert row.listed_on is None
    assert [p.column for p in report.problems] == ["Program ETPL Start Date"]


def test_a_course_taught_in_spanish_says_so_and_a_spanish_course_does_not(load: Load) -> None:
    rows, _ = load(
        {"Program ID": "1", "Program Name": "Phlebotomy Technician (Spanish Version)"},
        {"Program ID": "2", "Program Name": "Spanish for Nurses"},
    )

    assert [row.language for row in rows] == ["es", "en"]


def test_a_row_without_number_or_with_a_number_given_before_is_left_out_and_reported(load: Load) -> None:
    rows, report = load({}, {}, {"Program ID": ""})

    assert len(rows) == 1
    assert [(p.line, p.action) for p in report.problems] == [(3, "row_rejected"), (4, "row_rejected")]


def test_a_list_without_a_column_is_not_the_texas_list(tmp_path: Path) -> None:
    path = tmp_path / "tx_etpl_20240320.csv"
    path.write_text("Program ID,Program Name\n1,Welding\n", encoding="utf-8")

    with pytest.raises(SourceError, match="Provider ID"):
        load_texas(Delivery(SOURCE, "20240320", {"programs": SourceFile(path)}))


def test_provider_contacts_and_descriptions_are_not_among_the_columns_read() -> None:
    read = SOURCE.tables[0].columns

    # Where a course is taught and described tells one provider from another (taxonomy.linking.providers).
    public = {"Campus Address", "Program URL"}
    private = ("Description", "URL", "Contact Name", "Phone", "Email", "Address")
    assert not [column for column in read if column not in public and any(word in column for word in private)]


def test_a_campus_in_another_state_stands_on_the_texas_list_all_the_same(load: Load) -> None:
    (row,), _ = load({"Campus State": "CO"})

    assert (row.state, row.listed_in) == ("CO", "TX")
