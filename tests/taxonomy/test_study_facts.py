"""Every fact the studies carry from a source that was read: fact, file, source. Nothing is carried that is not here."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from taxonomy.loaders.vocabulary import STARTER, read_records

TABLES = ("studies", "effects", "ratings")
ROWS: list[tuple[str, str, Any]] = [
    (path.stem, table, record)
    for path in sorted(Path(STARTER / "studies").glob("*.toml"))
    for table, records in read_records(path, (*TABLES, "study_links")).items()
    for record in records
    if table in TABLES
]
URLS = {record.id: record.url for _, table, record in ROWS if table == "studies"}

# A fact a line: file, study, table, the cells that hold the fact, and the host its source is on.
FACTS: list[tuple[str, str, str, dict[str, Any], str]] = [
    tuple(json.loads(line))
    for line in Path(__file__).with_name("study_facts.jsonl").read_text(encoding="utf-8").splitlines()
]


def holds(fact: tuple[str, str, str, dict[str, Any], str], row: tuple[str, str, Any]) -> bool:
    file, study_id, table, cells, _ = fact
    where, its_table, record = row
    if (where, its_table) != (file, table) or getattr(record, "study_id", getattr(record, "id", None)) != study_id:
        return False
    return all(getattr(record, name) == value for name, value in cells.items())


@pytest.mark.parametrize("fact", FACTS, ids=[f"{f[1]} {f[2]} {f[3]}" for f in FACTS])
def test_a_fact_is_in_its_file_once_with_its_source(fact: tuple[str, str, str, dict[str, Any], str]) -> None:
    found = [row for row in ROWS if holds(fact, row)]

    assert len(found) == 1
    # An effect has the source of its study.
    source = URLS[fact[1]] if fact[2] == "effects" else found[0][2].url
    assert fact[4] in urlsplit(source).netloc


NUMBERS = (
    *("n", "n_analysed", "sites", "cost_usd", "cost_year", "estimate_usd", "percent", "percentage_points"),
    *("control_mean_usd", "effect_sd", "dollar_year"),
)


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row[2].confidence == "V"],
    ids=lambda row: f"{getattr(row[2], 'study_id', getattr(row[2], 'id', ''))} {row[1]}",
)
def test_every_number_of_a_record_is_listed_here_as_well(row: tuple[str, str, Any]) -> None:
    listed = {name: value for fact in FACTS if holds(fact, row) for name, value in fact[3].items()}
    carried = {name: v for name in NUMBERS if (v := getattr(row[2], name, None)) is not None}

    assert carried.items() <= listed.items()


def test_no_fact_is_carried_that_is_not_listed_here() -> None:
    carried = [row for row in ROWS if row[2].confidence == "V"]

    unlisted = [row for row in carried if not any(holds(fact, row) for fact in FACTS)]

    assert unlisted == []
