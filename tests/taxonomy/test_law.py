"""The starter law: every amount says since when, from where and when it was checked."""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from taxonomy.law import Parameter
from taxonomy.loaders.vocabulary import STARTER, read_records

FILES = sorted((STARTER / "law").glob("*.toml"))
ROWS: list[Parameter] = [row for path in FILES for row in read_records(path, ("parameters",))["parameters"]]
NAMES = [f"{row.id} {row.area} {row.effective_from}" for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_every_parameter_has_its_source_its_dates_and_its_unit(row: Parameter) -> None:
    assert row.citation.strip()
    assert row.link.startswith("https://")
    assert row.unit.strip()
    assert date.fromisoformat(row.effective_from) <= date(2027, 1, 1)
    assert date.fromisoformat(row.checked_on) >= date(2026, 11, 1)
    if row.effective_to is not None:
        assert row.effective_to > row.effective_from


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_every_parameter_has_a_dotted_name_and_an_area(row: Parameter) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", row.id)
    assert row.area in {"US", "US48", "AK", "HI", "CO", "UT", "VT", "WI", "TX", "CA", "NJ"}


def test_rows_of_one_parameter_in_one_area_never_overlap() -> None:
    series: dict[tuple[str, str], list[Parameter]] = defaultdict(list)
    for row in ROWS:
        series[row.id, row.area].append(row)

    for rows in series.values():
        ordered = sorted(rows, key=lambda r: r.effective_from)
        for earlier, later in pairwise(ordered):
            assert earlier.effective_to is not None
            assert earlier.effective_to < later.effective_from


def test_what_was_not_verified_is_marked_so_that_no_rule_applies_it() -> None:
    unverified = {row.id for row in ROWS if not row.verified}

    assert unverified == {
        "apprenticeship.age_min",
        "gi_bill.private_school_cap",
        "tanf.vocational_education_months",
        "workforce_pell.no_graduate_degree",
    }


def test_no_training_account_cap_is_given_for_a_board_that_published_none() -> None:
    assert not [row for row in ROWS if row.id.startswith(("ita.", "llsil."))]


def test_every_file_of_law_is_read() -> None:
    assert {path.stem for path in FILES} == {
        "benefits",
        "other_streams",
        "pell",
        "poverty",
        "snap_tanf",
        "wages",
        "wioa",
        "workforce_pell",
    }
