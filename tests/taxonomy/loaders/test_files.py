"""Files as published, on disk and in archives."""

import zipfile
from pathlib import Path

import pytest

from taxonomy.loaders.files import SourceError, list_files


def test_a_folder_is_read_with_its_subfolders_and_a_zip_by_its_members(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "a.txt").write_text("one")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("inside/c.txt", "two")

    files = list_files([tmp_path])

    assert [(f.name, f.read()) for f in files] == [("c.txt", b"two"), ("a.txt", b"one")]


def test_a_file_named_twice_is_listed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")

    files = list_files([tmp_path, tmp_path / "a.txt"])

    assert [f.name for f in files] == ["a.txt"]


def test_a_path_that_does_not_exist_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere does not exist"):
        list_files([tmp_path / "nowhere"])


def test_a_broken_archive_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"not a zip")

    with pytest.raises(SourceError, match=r"broken\.zip is not a readable zip archive"):
        list_files([tmp_path])


def test_the_place_of_a_file_tells_nothing_of_the_machine_above_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "db_30_1_text"
    folder.mkdir()
    (folder / "Skills.txt").write_text("")

    (file,) = list_files([folder])

    assert file.place == "db_30_1_text/Skills.txt"
