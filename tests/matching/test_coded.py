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
