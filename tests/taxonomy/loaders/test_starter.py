"""The loader of the starter set is strict: a file that is not as it must be stops it, with file, line and column."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from taxonomy.loaders.starter import STARTER, StarterError, load_starter
from taxonomy.snapshot import Snapshot, write_snapshot

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the starter set in which one file's first occurrence of a text is replaced."""

    def edit(file: str, old: str, new: str) -> Path:
        for path in STARTER.iterdir():
            if path.is_file():
                shutil.copy(path, tmp_path / path.name)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit


def test_a_blank_cell_is_unknown_and_several_values_are_a_tuple() -> None:
    listings = {listing.id: listing for listing in load_starter().listings}

    logistics = listings["tx-35015"]

    assert logistics.declared_codes == ("11307100", "11307104", "13108100")
    assert logistics.evening is None
    assert logistics.near_transit is False
    assert listings["per-scholas-it-support-sa"].weeks is None


def test_a_length_listed_as_zero_is_unknown_and_reported_with_its_line() -> None:
    starter = load_starter()
    rows = (STARTER / "programs.csv").read_text(encoding="utf-8").splitlines()

    listing = next(x for x in starter.listings if x.id == "tx-8870")
    problem = next(p for p in starter.contents.tables["problems"] if p.line == listing.line)

    assert listing.weeks is None
    assert rows[listing.line - 1].startswith("tx-8870,")
    assert (problem.file, problem.column, problem.value) == ("programs.csv", "weeks", "0")


def test_an_occupation_without_ratings_has_a_row_of_unknowns_and_a_lent_row_is_the_lenders() -> None:
    contents = load_starter().contents
    row = {o.onet_code: i for i, o in enumerate(contents.tables["occupations"])}

    need = contents.arrays["need"]

    assert np.isnan(need[row["29-2042.00"]]).all()
    assert (need[row["15-2051.00"]] == need[row["15-2051.01"]]).all()
    assert not np.isnan(need[row["31-1131.00"]]).any()


def test_the_starter_set_compiles_to_a_snapshot_twice_with_equal_bytes(tmp_path: Path) -> None:
    first = write_snapshot(load_starter().contents, tmp_path / "first")
    second = write_snapshot(load_starter().contents, tmp_path / "second")

    assert first == second
    assert len(Snapshot.open(tmp_path / "first").occupations) == len(load_starter().contents.tables["occupations"])


def test_a_column_that_is_missing_or_new_is_an_error(edited: Edit) -> None:
    folder = edited("titles.csv", "text,onet_code", "words,onet_code")

    with pytest.raises(StarterError, match=r"titles\.csv, line 1.*text, words"):
        load_starter(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("wages.csv", "18.26", "n/a", r"wages\.csv, line 2, p10"),
        ("wages.csv", "18.26", "nan", r"wages\.csv, line 2, p10: a finite number"),
        ("programs.csv", ",no,no,no,en,", ",no,No,no,en,", r"programs\.csv, line 2, child_care_onsite: yes or no"),
        ("occupations.csv", "General and Operations Managers", "", r"occupations\.csv, line 2, title: text"),
        ("zips.csv", ",zips-1.3.0", "", r"zips\.csv, line 2: 10 cells, 11 columns"),
        ("zips.csv", "zips-1.3.0", "zips-9", r"releases\.toml: .*zips-9"),
        ("ratings_level.csv", "31-1131.00", "31-1131.99", r"no row 31-1131\.00"),
        ("titles.csv", ",31-1131.00,", ",31-1131.99,", r"titles\.csv, onet_code: .*31-1131\.99"),
        ("releases.toml", 'publisher = "Stackway"', 'publishers = "Stackway"', r"stackway-lexicon-1.*publisher"),
    ],
)
def test_a_cell_that_cannot_be_read_names_its_place(edited: Edit, file: str, old: str, new: str, message: str) -> None:
    folder = edited(file, old, new)

    with pytest.raises(StarterError, match=message):
        load_starter(folder)


def test_a_missing_file_is_an_error_with_its_name(edited: Edit) -> None:
    folder = edited("zips.csv", "78207", "78207")
    (folder / "zips.csv").unlink()

    with pytest.raises(StarterError, match=r"zips\.csv cannot be read"):
        load_starter(folder)


def test_every_release_says_what_was_read_under_it() -> None:
    releases = {r.id: r for r in load_starter().contents.tables["releases"]}

    texas = releases["tx-etpl-2024-03-20"]

    assert texas.rows_read == len([x for x in load_starter().listings if x.release == texas.id])
    assert 0 < texas.rows_reported < texas.rows_read
    assert releases["bls-projections-2024-2034"].rows_read > 150
    assert len({r.sha256 for r in releases.values()}) == 1
