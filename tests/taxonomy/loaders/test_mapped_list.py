"""Provider lists of several states, read as their mapping files say."""

import csv
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.assemble import assemble
from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.list_mapping import ListMapping
from taxonomy.loaders.mapped_list import MappedList, load_mapped_list
from taxonomy.loaders.mapping_file import list_mappings, read_mapping
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
        (4, "a program needs a number and a name"),
        (5, "suspended by the state"),
    ]
    assert [(c.rows_read, c.rows_kept) for c in report.counts] == [(4, 1)]


def test_a_provider_without_a_name_keeps_its_number(tmp_path: Path) -> None:
    mapping = next(m for m in list_mappings() if m.source.id == "nj-etpl")
    cells = dict.fromkeys((*mapping.source.tables[0].columns, "description"), "")
    _write(
        tmp_path / "nj_etpl_programs.csv", [cells | {"programid": "1", "providerid": "27", "officialname": "Welding"}]
    )

    found, report = load_mapped_list(_delivery(mapping, tmp_path / "nj_etpl_programs.csv"), mapping)

    assert [(row.provider_id, row.provider_name) for row in found.listings] == [
        ("nj-27", "Provider 27 (the list gives no name)")
    ]
    assert [(p.column, p.action) for p in report.problems] == [("name", "value_unknown")]


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


def test_californias_feed_is_read_from_its_json(tmp_path: Path) -> None:
    mapping = next(m for m in list_mappings() if m.source.id == "ca-etpl")
    program = {
        "uuid": "u1",
        "provider_name": "Example School",
        "program_name": "Cosmetology",
        "program_format": "This program provides in-person instruction only.",
        "entity_type": "Public",
        "cip_code": "12.0401",
        "soc_codes": ["39-5012"],
        "location": {"city": "Los Angeles", "state": "CA", "zip": "90031", "lat": 34.09, "lon": -118.21},
        "length": {"weeks": None, "hours": 50.0},
        "cost": {"tuition": 1260.0, "supplies": 0.0},
    }
    (tmp_path / "programs.json").write_text(json.dumps({"programs": [program]}), encoding="utf-8")

    found, report = load_mapped_list(_delivery(mapping, tmp_path / "programs.json"), mapping)

    (row,) = found.listings
    assert (row.id, row.provider_id, row.provider_kind) == ("ca-u1", "ca-example-school", "public")
    assert (row.weeks, row.clock_hours, row.tuition_usd, row.longitude) == (None, None, 1260, -118.21)
    assert row.declared_codes == ("39-5012.00",)
    assert report.problems == []


def test_the_federal_layout_keeps_its_sentinels_apart(tmp_path: Path) -> None:
    mapping = next(m for m in list_mappings() if m.source.id == "eta9171")
    cells = dict.fromkeys(mapping.source.tables[0].columns, "-1") | {
        "d101_eligible_training_provider": "Example College",
        "d105_program_name": "Information Security",
        "d108_*": "169",
        "d117_program_soc_occupation_1": "15-121200",
        "d120_total_served": "30",
        "d121_*": "20",
        "d122_total_completed": "15",
        "d123_total_employed_q2": "9",
        "de129": "12",
        "zip": "43004",
    }
    names = {"d108_*": "d108_program", "d112_*": "d112_non_wioa_supplies_cost", "d121_*": "d121_total_exited"}
    _write(tmp_path / "DownloadPrograms.csv", [{names.get(name, name): cell for name, cell in cells.items()}])

    found, report = load_mapped_list(_delivery(mapping, tmp_path / "DownloadPrograms.csv"), mapping)

    (row,) = found.listings
    assert (row.id, row.outcome, row.weeks) == (
        "us-example-college-information-security-1-43004",
        "college_certificate",
        None,
    )
    assert (row.tuition_usd, row.declared_codes) == (None, ("15-121200",))
    assert {(r.measure, r.numerator, r.denominator) for r in found.outcome_rates} == {
        ("completion", 15, 20),
        ("employment_q2", 9, 12),
    }
    assert ("d114_program_length_weeks", "competency-based: no fixed length") in {
        (p.column, p.reason) for p in report.problems
    }


@pytest.mark.official
def test_new_jerseys_list_is_read_whole_with_its_traps_told(official_data: Path) -> None:
    official = load_official([official_data / "nj_etpl"], list_sources())

    listings = [row for row in official.listings if row.release == "nj-etpl-2023"]
    told = Counter((p.column, p.action) for p in official.problems if p.release == "nj-etpl-2023")
    (release,) = [r for r in official.releases if r.id == "nj-etpl-2023"]
    assert (release.rows_read, release.rows_kept, len(listings)) == (1435, 1427, 1427)
    assert max(row.tuition_usd or 0 for row in listings) < 200_000
    assert told["zip", "repaired"] == 891
    assert told["totalcost", "claim_lost"] == 15
    assert "41984198" in {p.value for p in official.problems if p.action == "claim_lost"}
    assert all(row.zip is None or len(row.zip) == 5 for row in listings)
    assert not [row for row in listings if '"' in row.provider_name[:1]]


@pytest.mark.official
def test_californias_sample_is_read_whole(official_data: Path) -> None:
    official = load_official([official_data / "ca_etpl"], list_sources())

    listings = [row for row in official.listings if row.release == "ca-etpl-2026-08-07"]
    assert len(listings) == 60
    assert sum(row.weeks is None for row in listings) == 5
    assert Counter(row.modality for row in listings) == {"in_person": 36, "online": 15, "hybrid": 9}
