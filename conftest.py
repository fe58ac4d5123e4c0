"""A real PostgreSQL and the starter set, each made once a run.

This file lies here and not in `tests`, because pytest-alembic binds tests of its own to `tests/conftest.py` and fails.
"""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.db import embedded, migrate
from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine, open_snapshot
from matching.world import World

# A gate that fails by chance tells nobody what changed: it draws the same examples each time, `make fuzz` new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("fresh", deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedServer]:
    """An embedded server in a folder of its own, whose path is short, as its socket's must be."""
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    with embedded.running(folder / "pg") as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def empty_database(postgres: EmbeddedServer) -> Iterator[EmbeddedServer]:
    """A database of that server with nothing in it."""
    with _new_database(postgres) as database:
        yield database


@pytest.fixture(scope="session")
def _migrated(postgres: EmbeddedServer) -> Iterator[str]:
    """The name of a database at the newest revision, made by the migrations, to be copied."""
    with _new_database(postgres) as database:
        migrate.upgrade(database.owner_url)
        yield make_url(database.owner_url).database or ""


@pytest.fixture
def database(postgres: EmbeddedServer, _migrated: str) -> Iterator[EmbeddedServer]:
    """A database at the newest revision."""
    with _new_database(postgres, template=_migrated) as database:
        yield database


@contextmanager
def _new_database(server: EmbeddedServer, template: str = "template1") -> Iterator[EmbeddedServer]:
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {template}")
    yield EmbeddedServer(*(url.replace("/postgres?", f"/{name}?") for url in (server.owner_url, server.url)))
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the starter set."""
    folder = tmp_path_factory.mktemp("data")
    open_snapshot(folder)
    return folder


@pytest.fixture(scope="session")
def engine(data_dir: Path) -> MatchEngine:
    """The method on the starter set."""
    return MatchEngine(open_snapshot(data_dir))


@pytest.fixture(scope="session")
def starter_world(data_dir: Path) -> World:
    """What the method reads of the starter set."""
    return World.from_snapshot(open_snapshot(data_dir))
