"""A real PostgreSQL and the starter set, each made once a run.

This file lies here and not in `tests`, because pytest-alembic binds tests of its own to `tests/conftest.py` and fails.
"""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.db import embedded, migrate
from app.db.embedded import EmbeddedServer
from app.services.answering import MatchEngine, open_snapshot


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
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgres.owner_url, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    yield EmbeddedServer(*(url.replace("/postgres?", f"/{name}?") for url in (postgres.owner_url, postgres.url)))
    with psycopg.connect(postgres.owner_url, autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


@pytest.fixture
def database(empty_database: EmbeddedServer) -> EmbeddedServer:
    """A database brought to the newest revision by the migrations."""
    migrate.upgrade(empty_database.owner_url)
    return empty_database


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
