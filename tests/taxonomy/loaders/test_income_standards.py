"""The plain form of poverty guidelines and LLSIL. Amounts are made up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matching.eligibility.law import Law
from taxonomy.assemble import assemble
from taxonomy.loaders.income_standards import load_income_standards
from taxonomy.loaders.source import Delivery, list_sources

Deliver = Callable[..., Delivery]
HEADER = "standard,area,family_size,usd_a_year,effective_from,effective_to,citation,link,checked_on\n"
CITED = "92 FR 1,https://example.gov,2027-02-01"


def _row(standard: str, area: str, size: object, usd: object, day: str = "2027-01-15") -> str:
    return f"{standard},{area},{size},{usd},{day},,{CITED}\n"


def test_a_guideline_is_kept_as_one_person_and_each_further_one(deliver: Deliver) -> None:
    text = HEADER + "".join(_row("poverty_guideline", "US48", n, 10_000 + 4_000 * (n - 1)) for n in range(1, 9))

    found, report = load_income_standards(deliver("income-standards", {"income_standards_2027.csv": text}))

    assert [(p.id, p.value, p.area, p.effective_from, p.effective_to) for p in found] == [
        ("poverty_guideline.base", 10_000, "US48", "2027-01-15", None),
        ("poverty_guideline.additional", 4_000, "US48", "2027-01-15", None),
    ]
    assert report.problems == []


@pytest.mark.parametrize("amounts", [{1: 100, 2: 150, 3: 210}, {2: 150, 3: 200}])
def test_a_guideline_that_contradicts_itself_is_no_law(deliver: Deliver, amounts: dict[int, int]) -> None:
    text = HEADER + "".join(_row("poverty_guideline", "AK", n, usd) for n, usd in amounts.items())

    found, report = load_income_standards(deliver("income-standards", {"income_standards_2027.csv": text}))

    assert found == []
    assert [(p.value, p.action) for p in report.problems] == [("AK 2027-01-15", "claim_lost")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (_row("poverty_line", "AK", 1, 100), "standard"),
        (_row("llsil", "TX", 0, 100), "family_size"),
        (_row("llsil", "TX", 1, "-1"), "usd_a_year"),
        (_row("llsil", "TX", 1, 100, "15 January"), "effective_from"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_its_column(deliver: Deliver, row: str, column: str) -> None:
    found, report = load_income_standards(deliver("income-standards", {"income_standards_2027.csv": HEADER + row}))

    assert found == []
    assert [(p.line, p.column, p.action) for p in report.problems] == [(2, column, "row_rejected")]


def test_installed_amounts_are_the_law_of_their_day_and_area(tmp_path: Path) -> None:
    (tmp_path / "income_standards_2027.csv").write_text(
        HEADER
        + _row("llsil", "TX", 3, 41_000)
        + _row("poverty_guideline", "US48", 1, 10_000)
        + _row("poverty_guideline", "US48", 2, 14_000)
    )
    sources = [replace(s, tables=tuple(replace(t, minimum_rows=0) for t in s.tables)) for s in list_sources()]

    law = Law(assemble([tmp_path], sources=sources).tables["parameters"])

    assert law.get("llsil.3", "TX:ALAMO", date(2027, 2, 1)).value == 41_000
    assert law.get("poverty_guideline.base", "TX", date(2027, 2, 1)).value == 10_000
    assert law.get("poverty_guideline.base", "TX", date(2026, 2, 1)).value != 10_000
    assert law.find("llsil.3", "OK", date(2027, 2, 1)) is None
