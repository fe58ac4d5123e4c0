"""A column whose repeated values are kept once reads as the column it was made of."""

from hypothesis import given
from hypothesis import strategies as st

from matching.coded import Coded

_COLUMNS = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=12)


@given(_COLUMNS)
def test_a_column_reads_as_it_was_given(column: list[str | None]) -> None:
    coded = Coded(column)

    assert list(coded) == column
    assert [coded[row] for row in range(len(coded))] == column


@given(_COLUMNS)
def test_the_rows_of_each_value_are_all_that_hold_it_in_order(column: list[str | None]) -> None:
    coded = Coded(column)

    found = dict(zip(coded.values, (rows.tolist() for rows in coded.rows()), strict=True))

    assert found == {value: [row for row, held in enumerate(column) if held == value] for value in set(column)}


@given(_COLUMNS)
def test_what_is_made_of_a_column_reads_as_made_of_each_row_and_keeps_equal_ones_once(column: list[str | None]) -> None:
    made = Coded(column).map(lambda value: value == "a")

    assert list(made) == [value == "a" for value in column]
    assert len(set(made.values)) == len(made.values)


@given(_COLUMNS)
def test_numbers_of_a_column_are_those_of_its_rows(column: list[str | None]) -> None:
    coded = Coded(column)

    assert coded.ints(lambda value: ord(value or "z")).tolist() == [ord(value or "z") for value in column]
    assert coded.floats(lambda value: 0.5 if value else 0.25).tolist() == [0.5 if v else 0.25 for v in column]


@given(st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), max_size=12))
def test_columns_side_by_side_read_as_one_of_what_they_hold_together(rows: list[tuple[str | None, ...]]) -> None:
    first, second, third = (Coded(row[place] for row in rows) for place in range(3))

    together = first.beside(second, third)

    assert list(together) == rows
    assert together.values == Coded(rows).values
