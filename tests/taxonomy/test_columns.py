"""Records as columns: what an earlier version wrote is read by a later one."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.columns import Table, to_arrow


@dataclass(frozen=True)
class Earlier:
    """Before."""

    name: str


@dataclass(frozen=True)
class Later:
    """With two fields more."""

    name: str
    sources: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True)
class Stricter:
    """With a field that must be given."""

    name: str
    length: int


@dataclass(frozen=True)
class Pair:
    """Two texts."""

    first: str
    second: str


@dataclass(frozen=True)
class Place:
    """A text that may not be known."""

    place: str | None


@dataclass(frozen=True)
class OfAllKinds:
    """A field of each kind that a record may have."""

    name: str
    place: str | None
    number: int
    seats: int | None
    share: float
    weeks: float | None
    listed: bool
    evening: bool | None
    codes: tuple[str, ...]
    ages: tuple[int, ...]
    months: tuple[float, ...] | None


_NUMBERS = st.integers(-(2**63), 2**63 - 1)  # beyond what a float can hold whole
_SHARES = st.floats(allow_nan=False)
_RECORDS = st.lists(
    st.builds(
        OfAllKinds,
        name=st.text(max_size=5),
        place=st.none() | st.text(max_size=5),
        number=_NUMBERS,
        seats=st.none() | _NUMBERS,
        share=_SHARES,
        weeks=st.none() | _SHARES,
        listed=st.booleans(),
        evening=st.none() | st.booleans(),
        codes=st.lists(st.text(max_size=3), max_size=3).map(tuple),
        ages=st.lists(_NUMBERS, max_size=3).map(tuple),
        months=st.none() | st.lists(_SHARES, max_size=3).map(tuple),
    ),
    max_size=20,
)


@given(_RECORDS, st.integers(0, 20))
def test_records_come_back_as_they_were_whole_or_from_the_middle_of_a_table(
    records: list[OfAllKinds], first: int
) -> None:
    table = to_arrow(OfAllKinds, records)

    whole, rest = Table(OfAllKinds, table), Table(OfAllKinds, table.slice(first))

    assert list(whole) == records
    assert [whole[row] for row in range(len(whole))] == records
    assert list(rest) == records[first:]
    assert {type(cell) for record in whole for cell in vars(record).values()} <= {
        *(str, int, float, bool, tuple, type(None)),
    }


@given(_RECORDS)
def test_a_column_of_numbers_has_no_number_where_one_is_unknown(records: list[OfAllKinds]) -> None:
    table = Table(OfAllKinds, to_arrow(OfAllKinds, records))

    for name in ("number", "seats", "weeks", "evening"):
        cells = [getattr(record, name) for record in records]
        np.testing.assert_array_equal(table.numbers(name), np.array([np.nan if c is None else float(c) for c in cells]))


def test_rows_from_before_a_field_was_known_have_its_default() -> None:
    rows = Table(Later, to_arrow(Earlier, [Earlier("a"), Earlier("b")]))

    assert list(rows) == [Later("a"), Later("b")]
    assert rows[1] == Later("b")
    assert np.isnan(rows.numbers("confidence")).all()


def test_rows_without_a_field_that_has_no_default_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"without length.*install the data again"):
        Table(Stricter, to_arrow(Earlier, [Earlier("a")]))


@given(st.lists(st.sampled_from(["a", "aa", "aaa", "é", None]), max_size=4) | st.lists(st.just("é"), max_size=4))
def test_the_different_texts_of_a_column_are_those_of_its_rows(texts: list[str | None]) -> None:
    whole = to_arrow(Place, [Place(text) for text in texts])

    assert Table(Place, whole).distinct("place") == set(texts)
    assert Table(Place, whole.slice(1)).distinct("place") == set(texts[1:])


_SORTED = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12).map(sorted)


@given(_SORTED, st.sampled_from("abcd"), st.sampled_from("wxyz"))
def test_the_rows_of_a_text_are_those_that_hold_it(pairs: list[tuple[str, str]], text: str, second: str) -> None:
    table = Table(Pair, to_arrow(Pair, [Pair(*pair) for pair in pairs]))

    rows = table.rows_of("first", text)

    assert list(rows) == [row for row, pair in enumerate(pairs) if pair[0] == text]
    assert list(table.rows_of("second", second, rows)) == [
        row for row, pair in enumerate(pairs) if pair == (text, second)
    ]


@given(_RECORDS)
def test_a_record_is_made_once_and_is_the_one_of_the_table(records: list[OfAllKinds]) -> None:
    table = Table(OfAllKinds, to_arrow(OfAllKinds, records))

    read = list(table.records)

    assert read == list(table)
    assert all(one is other for one, other in zip(read, table.records, strict=True))
    if records:
        assert table.records[-1] is read[-1]
        assert table.records[:2] == read[:2]
    with pytest.raises(IndexError):
        table.records[len(records)]
