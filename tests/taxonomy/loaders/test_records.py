"""Rows of an invented table that become records one for one."""

from collections.abc import Callable
from functools import partial

import pytest

from taxonomy.classifications import SocSuccessor
from taxonomy.loaders.records import NUMBER, SOC, TEXT, needed, padded, read_records
from taxonomy.loaders.rows import Rows
from taxonomy.loaders.source import Delivery
from taxonomy.release import LoadReport

Deliver = Callable[..., Delivery]
NAME = "soc_2010_to_2018_crosswalk.csv"
HEADER = "2010 SOC Code,2018 SOC Code\n"


def rows_of(deliver: Deliver, text: str) -> tuple[Rows, LoadReport]:
    report = LoadReport("sample-1")
    return Rows(deliver("soc-2010-to-2018", {NAME: HEADER + text}), "pairs", report), report


def test_a_row_without_a_needed_value_is_left_out_with_column_value_and_reason(deliver: Deliver) -> None:
    rows, report = rows_of(deliver, "15-1131,fifteen\n,15-1251\n")

    assert read_records(rows, (SOC, SOC), partial(SocSuccessor, release="r")) == []
    assert [(p.line, p.column, p.value, p.action, p.reason) for p in report.problems] == [
        (2, "2018 SOC Code|SOCCode2018", "fifteen", "row_rejected", "not a SOC code"),
        (3, "2010 SOC Code|SOCCode2010", "", "row_rejected", "blank"),
    ]


def test_a_value_that_can_be_spared_is_unknown_and_reported_unless_it_was_never_given(deliver: Deliver) -> None:
    rows, report = rows_of(deliver, "one,twelve\ntwo,n/a\nthree,3\n")

    assert read_records(rows, (needed(TEXT), NUMBER), lambda *cells: cells) == [
        ("one", None),
        ("two", None),
        ("three", 3.0),
    ]
    assert [(p.line, p.value, p.action) for p in report.problems] == [(2, "twelve", "value_unknown")]


def test_a_second_row_of_one_key_is_left_out_and_told(deliver: Deliver) -> None:
    rows, report = rows_of(deliver, "one,1\none,2\n")

    assert read_records(rows, (TEXT, NUMBER), lambda *cells: cells, lambda r: r[0]) == [("one", 1.0)]
    assert [(p.line, p.action, p.reason) for p in report.problems] == [(3, "merged", "already given")]
    assert [(c.rows_read, c.rows_kept) for c in report.counts] == [(2, 1)]


@pytest.mark.parametrize(("text", "code"), [("7", "007"), ("029", "029"), ("1029", None), ("", None), ("x1", None)])
def test_a_code_gets_back_the_zeros_a_spreadsheet_dropped(text: str, code: str | None) -> None:
    assert padded(3)(text) == code
