"""Records as columns: what an earlier version wrote is read by a later one."""

from dataclasses import dataclass

import numpy as np
import pytest

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


def test_rows_from_before_a_field_was_known_have_its_default() -> None:
    rows = Table(Later, to_arrow(Earlier, [Earlier("a"), Earlier("b")]))

    assert list(rows) == [Later("a"), Later("b")]
    assert rows[1] == Later("b")
    assert np.isnan(rows.numbers("confidence")).all()


def test_rows_without_a_field_that_has_no_default_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"without length.*install the data again"):
        Table(Stricter, to_arrow(Earlier, [Earlier("a")]))
