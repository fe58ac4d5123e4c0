"""Cells to a profile."""

import pytest

from app.jobs.columns import BY_NAME, COLUMNS, CellError, clean_name, column_at, read_cells


@pytest.mark.parametrize(
    ("column", "cell", "place", "value"),
    [
        ("zip", "78207", ("location", "zip"), "78207"),
        ("zip", "7030", ("location", "zip"), "07030"),
        ("zip", "78207-1234", ("location", "zip"), "78207"),
        ("max_miles", "20", ("location", "max_miles"), 20),
        ("job_wage_1", "$14.50", ("work_history", 0, "hourly_wage_usd"), 14.5),
        ("annual_income_usd", "$19,000", ("household", "annual_income_usd"), 19000),
        ("modes", "Car; transit", ("location", "modes"), ["car", "transit"]),
        ("education", "High School Diploma", ("education", "level"), "high_school_diploma"),
        ("children_ages", "4; 9", ("household", "children_ages"), [4, 9]),
        ("snap", "Sí", ("eligibility", "snap"), True),
        ("veteran", "No", ("eligibility", "veteran"), False),
        ("credentials", "CNA|TX|2027-03; CPR", ("credentials",), [
            {"name": "CNA", "state": "TX", "expires": "2027-03"}, {"name": "CPR"},
        ]),
        ("credentials", "CNA||2027-03", ("credentials",), [{"name": "CNA", "expires": "2027-03"}]),
        ("languages", "es|native", ("languages",), [{"code": "es", "level": "native"}]),
        ("drivers_license", "none", ("constraints", "drivers_license"), "none"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_its_column_says(column: str, cell: str, place: tuple[str | int, ...], value: object) -> None:
    found = read_cells({column: cell}).profile
    for part in place:
        found = found[part]  # type: ignore[index]  # a profile is nested dicts and lists

    assert found == value


@pytest.mark.parametrize("cell", ["", "  ", "unknown", "N/A", "-"])
def test_what_is_not_known_is_left_out_and_never_becomes_a_value(cell: str) -> None:
    assert read_cells({"snap": cell, "annual_income_usd": cell, "credentials": cell}).profile == {}


@pytest.mark.parametrize(
    ("column", "cell"),
    [("job_months_1", "twelve"), ("annual_income_usd", "14,5"), ("snap", "maybe"), ("credentials", "CNA|TX|2027|x")],
)
def test_a_cell_that_cannot_be_read_is_a_fault_of_its_column_without_its_value(column: str, cell: str) -> None:
    flat = read_cells({column: cell})

    (fault,) = flat.faults
    assert fault[0] == column
    assert isinstance(fault[1], CellError)
    assert cell not in fault[1].message + fault[1].fix


def test_jobs_close_the_gaps_between_them_and_keep_their_columns() -> None:
    flat = read_cells({"job_title_1": "", "job_title_2": "cook", "job_months_2": "9", "job_title_4": "welder"})

    assert flat.profile["work_history"] == [{"title": "cook", "months": 9}, {"title": "welder"}]
    assert column_at("/work_history/0/months", flat.column_of) == "job_months_2"
    assert column_at("/work_history/1/title", flat.column_of) == "job_title_4"


def test_a_limit_is_hard_unless_its_column_says_no() -> None:
    cells = {"max_out_of_pocket_usd": "500", "schedule": "evening", "schedule_hard": "no", "modality_hard": "no"}

    limits = read_cells(cells).profile["constraints"]

    assert limits == {"max_out_of_pocket_usd": {"value": 500}, "schedule": {"value": ["evening"], "hard": False}}


def test_a_pointer_into_a_list_leads_to_the_column_of_the_list() -> None:
    flat = read_cells({"credentials": "CNA|tx"})

    assert column_at("/credentials/0/state", flat.column_of) == "credentials"
    assert column_at("", flat.column_of) == ""


def test_headings_are_known_by_small_letters_and_underscores() -> None:
    assert clean_name(" Job Title-1 ") == "job_title_1"


def test_every_column_says_what_it_holds_and_has_a_name_of_its_own() -> None:
    assert all(column.meaning for column in COLUMNS)
    assert len(BY_NAME) == len(COLUMNS) + sum("#" in column.name for column in COLUMNS) * 8
