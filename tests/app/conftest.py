"""The service on a real database and the starter set."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.main import create_app
from app.services.answering import MatchEngine
from app.settings import Settings


@pytest.fixture
def settings(database: EmbeddedServer, data_dir: Path) -> Settings:
    return Settings(database_url=SecretStr(database.url), data_dir=data_dir, log_level="debug")


@pytest.fixture
def client(settings: Settings, engine: MatchEngine) -> Iterator[TestClient]:
    """A client of a started service; the engine is shared by all tests, since it never changes."""
    with TestClient(create_app(settings, engine=lambda _: engine), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def profile() -> dict[str, Any]:
    """A profile a test may change."""
    return copy.deepcopy(PROFILE)
