"""Declared occupation codes."""

from collections.abc import Callable

import pytest

from taxonomy.linking.declared import Declared, declared_occupations
from taxonomy.linking.listing import Listing
from taxonomy.loaders.crosswalks import Crosswalks

MakeListing = Callable[..., Listing]

INSTALLED = {"31-1131.00", "51-4041.00", "51-9162.00", "29-1141.00"}


@pytest.mark.parametrize("printed", ["31101400", "31-1014.00"])
def test_a_code_of_the_2010_edition_follows_the_crosswalk(
    listing: MakeListing, crosswalks: Crosswalks, printed: str
) -> None:
    found, findings = declared_occupations(listing(declared_codes=(printed,)), crosswalks, INSTALLED)

    assert found == (Declared("31-1131.00", 1.0),)
    assert findings == ()


def test_an_occupation_that_was_split_keeps_every_branch_with_its_share(
    listing: MakeListing, crosswalks: Crosswalks
) -> None:
    found, _ = declared_occupations(listing(declared_codes=("51401000",)), crosswalks, INSTALLED)

    assert found == (Declared("51-4041.00", 0.5), Declared("51-9162.00", 0.5))


@pytest.mark.parametrize("printed", ["31113000", "00000000", "nurse"])
def test_a_code_of_no_edition_is_reported_and_links_nothing(
    listing: MakeListing, crosswalks: Crosswalks, printed: str
) -> None:
    found, findings = declared_occupations(listing(declared_codes=(printed,)), crosswalks, INSTALLED)

    assert found == ()
    assert [(f.code, f.value) for f in findings] == [("occupation_code_unknown", printed)]


def test_a_valid_occupation_that_the_snapshot_lacks_is_no_fault_of_the_list(
    listing: MakeListing, crosswalks: Crosswalks
) -> None:
    assert declared_occupations(listing(declared_codes=("47215200",)), crosswalks, INSTALLED) == ((), ())
