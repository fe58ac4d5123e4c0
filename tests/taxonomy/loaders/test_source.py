"""An invented source, and the manifests of the package."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceError, list_files
from taxonomy.loaders.source import Source, TableSpec, list_sources, recognise

SOURCE = Source(
    id="sample",
    title="Sample",
    publisher="Nobody",
    licence="none",
    attribution="none",
    link="https://example.org",
    every_days=30,
    edition=None,
    edition_pattern=r"sample[ _](\d+[._]\d+)",
    edition_file="Read Me.txt",
    tables=(
        TableSpec("left", ("Left.txt",), ("a", "b"), (), minimum_rows=1, usual_rows=9),
        TableSpec("right", ("Right_??.csv",), ("a", "b"), (), minimum_rows=1, usual_rows=9),
    ),
)


def write_edition(folder: Path, *, readme: str | None = None) -> None:
    folder.mkdir()
    (folder / "Left.txt").write_text("a,b\n1,2\n")
    (folder / "Right_01.csv").write_text("a,b\n1,2\n")
    if readme is not None:
        (folder / "Read Me.txt").write_text(readme)


def test_files_are_recognised_by_name_whatever_lies_beside_them(tmp_path: Path) -> None:
    write_edition(tmp_path / "sample_3_1")
    (tmp_path / "holiday.jpg").write_bytes(b"\xff")

    deliveries, _ = recognise(list_files([tmp_path]), [SOURCE])

    assert deliveries["sample"].release_id == "sample-3.1"
    assert {t: f.name for t, f in deliveries["sample"].files.items()} == {"left": "Left.txt", "right": "Right_01.csv"}


def test_what_the_publisher_writes_outranks_the_name_of_the_folder(tmp_path: Path) -> None:
    write_edition(tmp_path / "sample_3_1", readme="SAMPLE 4.0, for everybody")

    deliveries, _ = recognise(list_files([tmp_path]), [SOURCE])

    assert deliveries["sample"].edition == "4.0"


def test_the_newest_of_several_editions_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    write_edition(tmp_path / "sample_9_0")
    write_edition(tmp_path / "sample_10_0")

    deliveries, notices = recognise(list_files([tmp_path]), [SOURCE])

    assert deliveries["sample"].edition == "10.0"
    assert notices["sample"] == [
        "sample_9_0/Left.txt: not used, edition 10.0 is read instead",
        "sample_9_0/Right_01.csv: not used, edition 10.0 is read instead",
    ]


def test_an_edition_that_nothing_states_is_called_unknown(tmp_path: Path) -> None:
    write_edition(tmp_path / "downloads")

    deliveries, _ = recognise(list_files([tmp_path]), [SOURCE])

    assert deliveries["sample"].edition == "unknown"


def test_a_source_that_is_there_in_part_names_the_missing_file(tmp_path: Path) -> None:
    write_edition(tmp_path / "sample_3_1")
    (tmp_path / "sample_3_1" / "Left.txt").unlink()

    with pytest.raises(SourceError, match=r"Sample 3\.1: missing Left\.txt"):
        recognise(list_files([tmp_path]), [SOURCE])


def test_a_table_that_is_not_required_may_be_absent(tmp_path: Path) -> None:
    write_edition(tmp_path / "sample_3_1")
    (tmp_path / "sample_3_1" / "Right_01.csv").unlink()
    optional = replace(SOURCE, tables=(SOURCE.tables[0], replace(SOURCE.tables[1], required=False)))

    deliveries, _ = recognise(list_files([tmp_path]), [optional])

    assert set(deliveries["sample"].files) == {"left"}


def test_an_archive_delivers_what_its_members_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sample_5_2.zip", "w") as archive:
        archive.writestr("text/Left.txt", "a,b\n1,2\n")
        archive.writestr("text/Right_01.csv", "a,b\n1,2\n")

    deliveries, _ = recognise(list_files([tmp_path]), [SOURCE])

    assert deliveries["sample"].edition == "5.2"


def test_every_manifest_says_who_publishes_under_which_licence_and_where() -> None:
    for source in list_sources():
        assert source.publisher, source.id
        assert source.licence, source.id
        assert source.attribution, source.id
        assert source.link.startswith("https://"), source.id
        assert (source.edition is None) != (source.edition_pattern is None), source.id


def test_every_table_of_a_manifest_expects_some_rows_and_not_more_than_usual() -> None:
    tables = [table for source in list_sources() for table in source.tables]

    assert tables
    assert all(0 < table.minimum_rows <= table.usual_rows for table in tables)


def test_manifests_have_ids_of_their_own() -> None:
    ids = [source.id for source in list_sources()]

    assert len(set(ids)) == len(ids)


def test_onet_is_credited_in_the_words_its_licence_asks_for() -> None:
    onet = [s for s in list_sources() if s.id in ("onet", "onet-ratings")]

    assert len(onet) == 2
    for source in onet:
        assert "USDOL/ETA" in source.attribution
        assert "CC BY 4.0" in source.attribution
        assert "O*NET is a trademark of USDOL/ETA" in source.attribution
