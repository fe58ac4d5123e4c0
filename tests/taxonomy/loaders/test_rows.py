"""Rows of an invented table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.loaders.files import SourceError, SourceFile
from taxonomy.loaders.rows import Rows, parse_number
from taxonomy.loaders.source import Delivery, Source, TableSpec
from taxonomy.release import LoadReport, TableCount


def rows_of(tmp_path: Path, text: str | bytes, **spec: object) -> tuple[Rows, LoadReport]:
    path = tmp_path / "Table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    layout = {"minimum_rows": 1, "usual_rows": 3, "columns": ("b", "a"), "other_columns": ("c",), **spec}
    table = TableSpec(name="table", files=("Table.csv",), **layout)
    source = Source("sample", "Sample", "", "", "", "", None, "1", None, None, (table,))
    report = LoadReport("sample-1")
    return Rows(Delivery(source, "1", {"table": SourceFile(path)}), "table", report), report


def test_cells_come_in_the_order_of_the_manifest_with_their_line(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "a,b,c\n1,2,3\n\n4,5,6\n")

    assert list(rows) == [(2, ("2", "1")), (4, ("5", "4"))]


def test_a_missing_column_fails_the_load_by_name(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "a,c\n1,2\n")

    with pytest.raises(SourceError, match=r"Table\.csv: column b is missing"):
        list(rows)


def test_a_new_column_is_noticed_and_not_read(tmp_path: Path) -> None:
    rows, report = rows_of(tmp_path, "a,b,d\n1,2,3\n")

    assert list(rows) == [(2, ("2", "1"))]
    assert [(p.column, p.action, p.reason) for p in report.problems] == [("d", "notice", "a new column, not read")]


def test_a_column_that_may_be_lacking_is_unknown_throughout_and_told_once(tmp_path: Path) -> None:
    rows, report = rows_of(tmp_path, "a,c\n1,2\n3,4\n", optional_columns=("b",))

    assert list(rows) == [(2, ("", "1")), (3, ("", "3"))]
    assert [(p.line, p.column, p.action) for p in report.problems] == [(1, "b", "notice")]


def test_the_header_is_the_first_line_with_all_columns_where_the_manifest_gives_no_line(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "The agency,,\nof 2026,a,\na,b,c\n1,2,3\n", header_line=0)

    assert list(rows) == [(4, ("2", "1"))]


def test_a_column_may_have_several_spellings(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "A 2018,b\n1,2\n", columns=("b", "a|A *"))

    assert list(rows) == [(2, ("2", "1"))]


def test_a_row_of_another_length_is_left_out_and_shown(tmp_path: Path) -> None:
    rows, report = rows_of(tmp_path, "a,b\n1,2\n1,2,3\n")

    assert len(list(rows)) == 1
    assert [(p.line, p.value, p.action) for p in report.problems] == [(3, "1 | 2 | 3", "row_rejected")]


def test_too_few_rows_fail_the_load(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "a,b\n1,2\n", minimum_rows=2)
    for _ in rows:
        rows.keep()

    with pytest.raises(SourceError, match="1 rows, at least 2 expected"):
        rows.close()


def test_fewer_rows_than_usual_are_read_with_a_notice_because_a_part_of_a_list_is_a_list(tmp_path: Path) -> None:
    rows, report = rows_of(tmp_path, "a,b\n1,2\n", least_usual_rows=2)
    for _ in rows:
        rows.keep()

    rows.close()

    assert report.counts == [TableCount("Table.csv", 1, 1)]
    assert [p.reason for p in report.problems] == ["1 rows, 2 at least are usual; check that none are missing"]


def test_more_rows_than_usual_are_read_whole_with_a_notice(tmp_path: Path) -> None:
    rows, report = rows_of(tmp_path, "a,b\n" + "1,2\n" * 4)
    for _ in rows:
        rows.keep()

    rows.close()

    assert report.counts == [TableCount("Table.csv", 4, 4)]
    assert [p.reason for p in report.problems] == ["4 rows, 3 at most are usual; read whole"]


def test_a_row_that_is_neither_kept_nor_reported_fails_the_load(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "a,b\n1,2\n3,4\n")
    for line, _ in rows:
        if line == 2:
            rows.keep()

    with pytest.raises(SourceError, match="2 rows read, 1 accounted for"):
        rows.close()


def test_quotation_marks_of_tab_delimited_text_are_text(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, 'a\tb\n1\tthe "Boss\n2\tplain\n', delimiter="\t")

    assert [cells for _, cells in rows] == [('the "Boss', "1"), ("plain", "2")]


def test_a_column_may_change_its_year(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, '"Employment, 2026",b\n1,2\n', columns=("b", "Employment, 20??"))

    assert [cells for _, cells in rows] == [("2", "1")]


def test_text_of_another_encoding_is_refused_in_plain_words(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, b"a,b\n\xff,2\n")

    with pytest.raises(SourceError, match=r"Table\.csv is not utf-8-sig text"):
        list(rows)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    rows, _ = rows_of(tmp_path, "\ufeffa,b\n1,2\n")

    assert list(rows) == [(2, ("2", "1"))]


def test_rows_of_a_kind_nobody_reads_share_a_line_that_counts_them(tmp_path: Path) -> None:
    rows, report = rows_of(tmp_path, "a,b\n1,2\n3,4\n5,6\n")

    for _, (b, _) in rows:
        if b == "6":
            rows.keep()
        else:
            rows.set_aside("a total")
    rows.close()

    assert [(p.line, p.action, p.value, p.reason) for p in report.problems] == [(0, "rows_set_aside", "2", "a total")]
    assert report.counts == [TableCount("Table.csv", 3, 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.5", 1234.5), ("12", 12.0), (" 7 ", 7.0), ("-3.2", -3.2), ("1,23", None), ("", None), ("#", None)],
)
def test_a_number_may_have_thousands_separators_and_nothing_else(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_whole_number_reads_the_same_with_and_without_separators(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number
