"""PIRL extracts: elements found by number and by name, codes as the layout has them."""

import pytest

from app.jobs.files import Kind, open_list
from app.jobs.headings import ListError, read_heading
from app.jobs.pirl import find_element
from app.jobs.rows import read_rows
from tests.app.jobs.conftest import WriteList


@pytest.mark.parametrize(
    ("heading", "element"),
    [
        ("408 Highest Educational Level Completed at Program Entry (WIOA)", 408),
        ("408", 408),
        ("PIRL408", 408),
        ("PIRL_408", 408),
        ("p408", 408),
        ("Highest educational level completed at program entry (WIOA)", 408),
        ("Date of Birth", 200),
        ("Sex (WIOA)", 201),
        ("108A", 108),
        ("1303 Type of Training Service #1 (WIOA)", 1303),
        ("78207", None),
        ("100% sure", None),
        ("job_title_1", None),
    ],
)
def test_a_heading_is_known_by_its_number_and_else_by_its_name(heading: str, element: int | None) -> None:
    assert find_element(heading) == element


@pytest.mark.parametrize(
    "headings",
    [
        ("100", "103", "200", "300", "400", "403", "408", "409", "904"),
        ("PIRL100", "PIRL103", "PIRL200", "PIRL300", "PIRL400", "PIRL403", "PIRL408", "PIRL409", "PIRL904"),
        (
            "Unique Individual Identifier (WIOA)", "ZIP Code of Residence", "Date of Birth", "Veteran Status",
            "Employment Status at Program Entry (WIOA)",
            "Occupational Code of Most Recent Employment Prior to Participation",
            "Highest Educational Level Completed at Program Entry (WIOA)", "School Status at Program Entry",
            "Dislocated Worker (WIOA)",
        ),
    ],
    ids=["number", "PIRL number", "name"],
)  # fmt: skip
def test_three_styles_of_headings_give_the_same_person(write_list: WriteList, headings: tuple[str, ...]) -> None:
    (row,) = read_rows(write_list(",".join(headings), "A1B2,78207,19940131,0,2,31113100,5,6,1"))

    assert row.seeker is not None, row.faults
    assert (row.reference, row.seeker.location.zip) == ("A1B2", "78207")
    assert row.seeker.work_history[0].onet_code == "31-1131.00"
    assert row.seeker.education_level == "postsecondary_certificate"
    facts = row.seeker.eligibility
    assert (facts.birth_year, facts.veteran, facts.employment_status) == (1994, False, "notice_received")
    assert (facts.in_school, facts.dislocated) == (False, True)


def test_nine_and_empty_are_not_known_and_not_no(write_list: WriteList) -> None:
    (row,) = read_rows(write_list("300,704,800,904,408", "9,,9,0,1"))

    assert row.seeker is not None
    facts = row.seeker.eligibility
    assert (facts.veteran, facts.foster_youth, facts.homeless) == (None, None, None)
    assert facts.dislocated is None, "not served as a dislocated worker does not say that the person is none"


def test_elements_the_method_must_not_read_stay_behind_when_the_file_is_read(write_list: WriteList) -> None:
    path = write_list("408,201 Sex,210,801,2700 Social Security Number,1703", "1,2,1,1,123456789,5000")

    opened = open_list(path, Kind.CSV, "the list")

    assert opened.heading is not None
    assert opened.heading.names == ("pirl_408",)
    assert opened.heading.left_out == (201, 210, 801, 2700, 1703)
    assert list(opened.rows) == [(1, ["1", "", "", "", "", ""])]


def test_a_code_that_is_none_is_a_fault_that_names_the_codes(write_list: WriteList) -> None:
    (row,) = read_rows(write_list("408,200", "77,1994-31-01"))

    assert {(f.column, f.code) for f in row.faults} == {("pirl_408", "not_an_option"), ("pirl_200", "wrong_format")}
    assert "77" not in str(row.faults)


def test_columns_of_ours_stand_beside_elements_unless_they_say_the_same() -> None:
    assert read_heading("list", ["408", "job_title_1"]).names == ("pirl_408", "job_title_1")
    with pytest.raises(ListError, match="given twice: pirl_103, zip"):
        read_heading("list", ["103", "zip"])


def test_spreadsheets_that_add_a_fraction_or_drop_a_zero_change_no_code(write_list: WriteList) -> None:
    (row,) = read_rows(write_list("408,400,403", "2.0,00,99999999"))

    assert row.seeker is not None, row.faults
    assert row.seeker.education_level == "high_school_equivalency"
    assert row.seeker.eligibility.employment_status == "unemployed"
    assert row.seeker.work_history == ()
