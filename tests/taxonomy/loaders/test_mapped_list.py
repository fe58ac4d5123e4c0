"""Provider lists of several states, read as their mapping files say."""

import csv
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taxonomy.assemble import assemble
from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.list_mapping import ListMapping
from taxonomy.loaders.mapped_list import MappedList, load_mapped_list
from taxonomy.loaders.mapping_file import read_mapping
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Delivery, list_sources
from taxonomy.release import LoadReport

Load = Callable[..., tuple[MappedList, LoadReport]]

OHIO = """
[list]
id = "oh-etpl"
prefix = "oh"
title = "Ohio list of eligible training providers"
publisher = "Ohio"
licence = "Public"
attribution = "Source: Ohio."
link = "https://example.org/list"
edition = "2026"
files = ["ohio*.csv"]

[fields]
id = { column = "Number" }
provider_name = { column = "School" }
name = { column = "Course" }
weeks = { column = "Months", unit = "months", unknown = { "-1" = "competency-based" } }
tuition_usd = { columns = ["Tuition", "Fees"] }
near_transit = { columns = ["Bus", "Train"], values = { "none" = false, "*" = true } }
declared_codes = { columns = ["Job 1", "Job 2"], split = "," }
zip = { column = "ZIP" }
state = { constant = "OH" }
listed_on = { column = "Since", format = "%m/%d/%Y" }
starts_on = { column = "Next start", format = "%m/%d/%Y" }
seats = { column = "Seats", unknown = ["-1"] }
minimum_age = { column = "Age" }

[[fields.outcome]]
column = "Award"
values = { "Degree" = "associate" }
unknown = ["Completion"]

[[fields.outcome]]
column = "Codes"
split = ""
values = { 3 = "license", 1 = "industry_certificate" }

[[leave_out]]
column = "Status"
values = ["Suspended"]
reason = "suspended by the state"

[[sums]]
total = "Total"
parts = ["Tuition", "Fees"]

[[outcomes]]
measure = "completion"
numerator = "Completed"
denominator = "Exited"
not_above = "Served"
population = "all_students"
unknown = ["-1"]
"""
PLAIN = {
    "Number": "7",
    "School": "Example College",
    "Course": "Welding",
    "Months": "3",
    "Tuition": "1,000",
    "Fees": "50",
    "Total": "1050",
    "Bus": "12",
    "Train": "none",
    "Job 1": "51-4121.00",
    "Job 2": "",
    "ZIP": "43004",
    "Since": "06/03/2022",
    "Next start": "",
    "Seats": "",
    "Age": "",
    "Award": "Degree",
    "Codes": "",
    "Status": "Approved",
    "Completed": "8",
    "Exited": "10",
    "Served": "12",
}


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _delivery(mapping: ListMapping, path: Path) -> Delivery:
    source = mapping.source
    source = replace(source, tables=(replace(source.tables[0], minimum_rows=0),))
    return Delivery(source, "2026", {"programs": SourceFile(path)})


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads rows that differ from a plain one in the cells given, by the invented mapping."""
    mapping = read_mapping(OHIO.encode(), "ohio.toml")

    def read(*rows: dict[str, str]) -> tuple[MappedList, LoadReport]:
        path = tmp_path / "ohio.csv"
        _write(path, [PLAIN | {"Number": str(n)} | row for n, row in enumerate(rows, start=1)])
        return load_mapped_list(_delivery(mapping, path), mapping)

    return read


def test_start_seats_and_age_are_read_where_the_list_gives_them_and_unknown_elsewhere(load: Load) -> None:
    found, _ = load({"Next start": "01/11/2027", "Seats": "0", "Age": "18"}, {"Seats": "-1"})

    told, silent = found.listings
    assert (told.starts_on, told.seats, told.minimum_age) == ("2027-01-11", 0, 18)
    assert (silent.starts_on, silent.seats, silent.minimum_age) == (None, None, None)


def test_a_plain_row_is_read_without_a_complaint(load: Load) -> None:
    found, report = load({})

    (row,) = found.listings
    assert (row.id, row.provider_id, row.name, row.state) == ("oh-1", "oh-example-college", "Welding", "OH")
    assert (row.weeks, row.tuition_usd, row.near_transit, row.outcome) == (13, 1050, True, "associate")
    assert (row.declared_codes, row.listed_on, row.line) == (("51-4121.00",), "2022-06-03", 2)
    assert [(r.numerator, r.denominator, r.population) for r in found.outcome_rates] == [(8, 10, "all_students")]
    assert report.problems == []


@pytest.mark.parametrize(
    ("cells", "field", "value", "told"),
    [
        ({"Months": "-1"}, "weeks", None, ("Months", "value_unknown", "competency-based")),
        ({"Months": "soon"}, "weeks", None, ("Months", "value_unknown", "not a number of zero or more")),
        ({"Tuition": "", "Total": ""}, "tuition_usd", None, None),
        ({"Fees": "", "Total": "1000"}, "tuition_usd", 1000.0, None),
        ({"Bus": "None", "Train": ""}, "near_transit", False, None),
        ({"Bus": "", "Train": ""}, "near_transit", None, None),
        ({"ZIP": "4301"}, "zip", "04301", ("ZIP", "repaired", "a leading zero was lost")),
        ({"ZIP": "Akron"}, "zip", None, ("ZIP", "value_unknown", "not a ZIP code")),
        ({"Since": "2022"}, "listed_on", None, ("Since", "value_unknown", "not a date of the form %m/%d/%Y")),
        ({"Award": "Completion", "Codes": "13"}, "outcome", "license", None),
        (
            {"Award": "Diploma"},
            "outcome",
            None,
            ("Award", "value_unknown", "a word that [fields.outcome] number 1 does not list"),
        ),
        ({"Job 2": "51-4122, 51-4121.00"}, "declared_codes", ("51-4121.00", "51-4122"), None),
        (
            {"Total": "41050"},
            "tuition_usd",
            1050.0,
            ("Total", "claim_lost", "its parts add up to 1050, which is used"),
        ),
    ],
)
def test_a_cell_is_read_repaired_or_unknown_and_every_change_is_told(
    load: Load, cells: dict[str, str], field: str, value: object, told: tuple[str, str, str] | None
) -> None:
    found, report = load(cells)

    (row,) = found.listings
    assert getattr(row, field) == value
    assert [(p.column, p.action, p.reason) for p in report.problems] == ([told] if told else [])


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"Exited": "15"}, "Exited"), ({"Completed": "11"}, "Completed")],
)
def test_counts_that_contradict_each_other_lose_the_rate_and_not_the_program(
    load: Load, cells: dict[str, str], column: str
) -> None:
    found, report = load(cells)

    assert len(found.listings) == 1
    assert found.outcome_rates == []
    assert [(p.column, p.action) for p in report.problems] == [(column, "claim_lost")]


def test_counts_that_were_withheld_are_never_zero(load: Load) -> None:
    found, report = load({"Completed": "-1"})

    assert found.outcome_rates == []
    assert [(p.column, p.action) for p in report.problems] == [("Completed", "value_unknown")]


def test_rows_that_are_no_programs_are_left_out_with_the_reason(load: Load) -> None:
    found, report = load({}, {"Number": "1"}, {"Course": ""}, {"Status": "SUSPENDED "})

    assert [listing.id for listing in found.listings] == ["oh-1"]
    assert [(p.line, p.reason) for p in report.problems] == [
        (3, "this number was already given"),
        (4, "a program needs a number, a name and a provider"),
        (5, "suspended by the state"),
    ]
    assert [(c.rows_read, c.rows_kept) for c in report.counts] == [(4, 1)]


def test_a_missing_column_names_mapping_entry_and_column(tmp_path: Path) -> None:
    mapping = read_mapping(OHIO.encode(), "ohio.toml")
    _write(tmp_path / "ohio.csv", [{key: cell for key, cell in PLAIN.items() if key != "Months"}])

    with pytest.raises(SourceError, match=r"column Months \(asked for by ohio\.toml, \[fields\.weeks\]\) is missing"):
        load_mapped_list(_delivery(mapping, tmp_path / "ohio.csv"), mapping)


def test_a_list_of_a_new_state_and_its_mapping_become_programs_without_code(tmp_path: Path) -> None:
    (tmp_path / "ohio.toml").write_text(OHIO, encoding="utf-8")
    _write(tmp_path / "ohio_2026.csv", [PLAIN | {"Award": "Completion", "Codes": "1"}])

    contents = assemble([tmp_path / "ohio_2026.csv", tmp_path / "ohio.toml"])

    (program,) = [p for p in contents.tables["programs"] if p.id.startswith("oh-")]
    assert (program.name, program.release, program.weeks) == ("Welding", "oh-etpl-2026", 13)
    assert "oh-etpl-2026" in {release.id for release in contents.tables["releases"]}


def test_a_mapping_without_its_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "ohio.toml").write_text(OHIO, encoding="utf-8")

    with pytest.raises(SourceError, match=r"ohio\.toml: none of the files it speaks of was given: ohio\*\.csv"):
        load_official([tmp_path], list_sources())


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(sorted(PLAIN)), st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"))
    )
)
def test_whatever_stands_in_the_cells_the_row_is_kept_or_told(cells: dict[str, str]) -> None:
    mapping = read_mapping(OHIO.encode(), "ohio.toml")
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder) / "ohio.csv", [PLAIN | cells])
        found, report = load_mapped_list(_delivery(mapping, Path(folder) / "ohio.csv"), mapping)

    left_out = [p for p in report.problems if p.action == "row_rejected"]
    assert len(found.listings) + len(left_out) == 1
    assert all(row.tuition_usd is None or row.tuition_usd >= 0 for row in found.listings)
    assert all(rate.numerator <= rate.denominator for rate in found.outcome_rates)


def test_a_list_that_names_spans_of_length_gives_both_ends_and_an_open_span_is_unknown(tmp_path: Path) -> None:
    by_months = 'weeks = { column = "Months", unit = "months", unknown = { "-1" = "competency-based" } }'
    by_span = """weeks = { column = "Months", values = { "A" = 11, "B" = 22 }, unknown = ["Z"] }
weeks_least = { column = "Months", values = { "A" = 4, "B" = 13 }, unknown = ["Z"] }"""
    mapping = read_mapping(OHIO.replace(by_months, by_span).encode(), "ohio.toml")
    path = tmp_path / "ohio.csv"
    _write(path, [PLAIN | {"Number": str(n), "Months": span} for n, span in enumerate("ABZ")])

    found, _ = load_mapped_list(_delivery(mapping, path), mapping)

    assert [(one.weeks_least, one.weeks) for one in found.listings] == [(4, 11), (13, 22), (None, None)]


def test_a_span_that_ends_in_no_number_is_a_fault_of_the_mapping() -> None:
    wrong = OHIO.replace('unit = "months", unknown', 'values = { "A" = "eleven" }, unknown')

    with pytest.raises(SourceError, match="'eleven' is none of a number of zero or more"):
        read_mapping(wrong.encode(), "ohio.toml")
