"""The package's own mappings, on lists of a few invented programs in their layout and on the official ones."""

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceFile
from taxonomy.loaders.list_mapping import ListMapping
from taxonomy.loaders.mapped_list import load_mapped_list
from taxonomy.loaders.mapping_file import list_mappings
from taxonomy.loaders.official import load_official
from taxonomy.loaders.source import Delivery, list_sources


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _delivery(mapping: ListMapping, path: Path) -> Delivery:
    source = mapping.source
    source = replace(source, tables=tuple(replace(t, minimum_rows=0, least_usual_rows=0) for t in source.tables))
    return Delivery(source, "2026", {"programs": SourceFile(path)})


def test_new_jerseys_directory_names_providers_that_the_list_leaves_blank(tmp_path: Path) -> None:
    mapping = next(m for m in list_mappings() if m.source.id == "nj-etpl")
    cells = dict.fromkeys((*mapping.source.tables[0].columns, "description"), "") | {"officialname": "Welding"}
    known, unknown = cells | {"programid": "1", "providerid": "27"}, cells | {"programid": "2", "providerid": "28"}
    _write(tmp_path / "nj_etpl_programs.csv", [known, unknown])
    school = {"PROVIDERID": "27", "NAME": "Example School", "CITY": "Newark", "COUNTY": "Essex", "STATE": "NJ"}
    _write(tmp_path / "nj_providers_2020.csv", [school | {"ZIP": "07102"}])
    delivery = _delivery(mapping, tmp_path / "nj_etpl_programs.csv")
    files = {**delivery.files, "providers": SourceFile(tmp_path / "nj_providers_2020.csv")}

    found, report = load_mapped_list(replace(delivery, files=files), mapping)

    (row,) = found.listings
    assert (row.provider_id, row.provider_name, row.zip, row.county) == ("nj-27", "Example School", "07102", "Essex")
    assert [(p.line, p.action) for p in report.problems] == [(2, "repaired"), (3, "row_rejected")]
    assert [(c.file, c.rows_read, c.rows_kept) for c in report.counts] == [
        ("nj_providers_2020.csv", 1, 1),
        ("nj_etpl_programs.csv", 2, 1),
    ]


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
        "outcomes": {
            "total_served": 40.0,
            "total_exited": 30.0,
            "total_completed": 24.0,
            "median_earnings": 9000.0,
            "employed_q2": 12.0,
        },
    }
    (tmp_path / "programs.json").write_text(json.dumps({"programs": [program]}), encoding="utf-8")

    found, report = load_mapped_list(_delivery(mapping, tmp_path / "programs.json"), mapping)

    (row,) = found.listings
    assert (row.id, row.provider_id, row.provider_kind) == ("ca-u1", "ca-example-school", "public")
    assert (row.weeks, row.clock_hours, row.tuition_usd, row.longitude) == (None, None, 1260, -118.21)
    assert row.declared_codes == ("39-5012.00",)
    assert [(r.program_id, r.numerator, r.denominator, r.population) for r in found.outcome_rates] == [
        ("ca-u1", 24, 30, "exiters")
    ]
    assert [(e.program_id, e.statistic, e.usd_per_quarter, e.people) for e in found.earnings] == [
        ("ca-u1", "median", 9000.0, 12)
    ]
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
        "*c_median_earnings*": "18.75",
    }
    names = {
        "*c_median_earnings*": "c_median_earnings",
        "d108_*": "d108_program",
        "d112_*": "d112_non_wioa_supplies_cost",
        "d121_*": "d121_total_exited",
    }
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
    assert found.earnings == []
    assert ("*c_median_earnings*", "18.75", "claim_lost") in {(p.column, p.value, p.action) for p in report.problems}
    assert ("d114_program_length_weeks", "competency-based: no fixed length") in {
        (p.column, p.reason) for p in report.problems
    }


@pytest.mark.official
def test_new_jerseys_list_is_read_whole_with_its_traps_told(official_data: Path) -> None:
    official = load_official([official_data / "nj_etpl"], list_sources())

    listings = [row for row in official.listings if row.release == "nj-etpl-2023"]
    told = Counter((p.column, p.action) for p in official.problems if p.release == "nj-etpl-2023")
    (release,) = [r for r in official.releases if r.id == "nj-etpl-2023"]
    # The list and the directory of providers. Eight programs are suspended, and nobody is named for 66.
    assert (release.rows_read, release.rows_kept) == (1435 + 1953, 1361 + 1953)
    assert len(listings) == 1435 - 8 - 66
    assert all(row.zip and row.city for row in listings)
    assert {row.listed_in for row in listings} == {"NJ"}
    assert {"NY", "CT"} <= {row.state for row in listings}  # campuses elsewhere are on the list all the same
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
    assert {row.listed_in for row in listings} == {"CA"}
    assert sum(row.weeks is None for row in listings) == 5
    assert len([rate for rate in official.outcome_rates if rate.release == "ca-etpl-2026-08-07"]) == 22
    assert len([p for p in official.problems if p.action == "claim_lost"]) == 24
    assert Counter(row.modality for row in listings) == {"in_person": 36, "online": 15, "hybrid": 9}
