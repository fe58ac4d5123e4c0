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
