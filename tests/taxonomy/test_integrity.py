"""Faults are put, one at a time, into contents that are whole."""

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from taxonomy.assemble import assemble
from taxonomy.integrity import KEYS, REFERENCES, IntegrityError, check_contents, sort_contents
from taxonomy.snapshot import Contents
from taxonomy.tables import TABLES


@pytest.fixture
def whole() -> Contents:
    return assemble()


def test_what_the_package_brings_is_whole(whole: Contents) -> None:
    check_contents(whole)


def test_every_table_has_a_key_of_its_own_fields() -> None:
    assert KEYS.keys() == TABLES.keys()
    named = [(table, field) for table, fields in KEYS.items() for field in fields]
    for table, field in chain(named, REFERENCES, REFERENCES.values()):
        assert field in TABLES[table].__dataclass_fields__, (table, field)


def test_a_repeated_key_is_refused(whole: Contents) -> None:
    wages = whole.tables["wages"]
    wages.append(replace(wages[0], p50=1.0))

    with pytest.raises(IntegrityError, match="wages: repeated"):
        check_contents(whole)


def test_a_reference_to_nothing_is_refused_by_name(whole: Contents) -> None:
    rules = whole.tables["stack_rules"]
    rules.append(replace(rules[0], to_credential="no-such-credential"))

    with pytest.raises(IntegrityError, match=r"stack_rules\.to_credential: not in credentials: no-such-credential"):
        check_contents(whole)


def test_a_row_of_no_release_is_refused(whole: Contents) -> None:
    whole.tables["zips"][0] = replace(whole.tables["zips"][0], release="hearsay-1")

    with pytest.raises(IntegrityError, match=r"zips\.release: no such release: hearsay-1"):
        check_contents(whole)


def test_a_matrix_of_another_shape_is_refused(whole: Contents) -> None:
    whole.arrays["need"] = np.zeros((1, 1), np.float32)

    with pytest.raises(IntegrityError, match="need: shape"):
        check_contents(whole)


def test_the_order_of_rows_does_not_depend_on_the_order_they_came_in(whole: Contents) -> None:
    expected = {name: list(rows) for name, rows in whole.tables.items()}
    for name, rows in whole.tables.items():
        if name != "descriptors":
            rows.reverse()

    sort_contents(whole)

    assert whole.tables == expected
