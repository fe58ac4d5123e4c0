"""The installed data, opened for the service."""

from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.services.answering import open_snapshot
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
