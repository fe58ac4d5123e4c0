"""The installed data, opened for the service."""

import hashlib
import json
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.services.answering import open_engine, open_snapshot
from app.settings import Settings
from taxonomy.store import Store


def test_the_starter_set_is_compiled_once_where_nothing_is_installed(tmp_path: Path) -> None:
    first = open_snapshot(tmp_path)
    second = open_snapshot(tmp_path)

    assert first.digest == second.digest
    assert Store(tmp_path).list_installed() == (first.digest,)


def test_damaged_data_is_refused_in_plain_words(tmp_path: Path) -> None:
    folder = open_snapshot(tmp_path).folder
    (folder / "manifest.json").write_text("{}")

    with pytest.raises(ConfigurationError, match="cannot be used"):
        open_snapshot(tmp_path)


def test_a_starter_set_of_another_version_is_compiled_anew_and_what_a_person_chose_stays(tmp_path: Path) -> None:
    first = open_snapshot(tmp_path)
    (first.folder / "resolve_classified_keys.npy").unlink()  # as if compiled before the method knew it
    manifest = json.loads((first.folder / "manifest.json").read_bytes())
    del manifest["files"]["resolve_classified_keys.npy"]
    (first.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    old = hashlib.sha256((first.folder / "manifest.json").read_bytes()).hexdigest()
    first.folder.rename(first.folder.parent / old)
    (tmp_path / "current").write_text(f"{old}\n", encoding="ascii")
    (tmp_path / "starter").write_text("an earlier version", encoding="ascii")

    assert open_snapshot(tmp_path).digest == first.digest

    # Once this version's own is there, an older one is in use because somebody said so.
    Store(tmp_path).use(old)
    assert open_snapshot(tmp_path).digest == old


def test_given_data_that_the_method_cannot_read_are_refused_in_plain_words(tmp_path: Path) -> None:
    given = tmp_path / "board.toml"
    given.write_text(
        '[board]\narea = "TX:ALAMO"\ncitation = "A"\nlink = "x"\neffective_from = 2026-07-01\n'
        'checked_on = 2026-11-22\n[[waiver]]\nid = "one"\n',
        encoding="utf-8",
    )
    Store(tmp_path).install([given], lambda _: {})  # as a version would that derived nothing

    with pytest.raises(ConfigurationError, match="install the data again"):
        open_engine(Settings(data_dir=tmp_path))
