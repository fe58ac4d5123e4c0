"""The service on a real database and the starter set."""

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app.api.examples import PROFILE
from app.db.embedded import EmbeddedServer
from app.db.session import Database
from app.main import create_app
from app.services.answering import MatchEngine
from app.services.keys import Keys
from app.services.principal import Scope
from app.settings import Settings

WEBHOOK_HOST = "intake.example"  # that of the description's examples


@pytest.fixture
def settings(database: EmbeddedServer, data_dir: Path) -> Settings:
    return Settings(
        database_url=SecretStr(database.url),
        eeo_database_url=SecretStr(database.eeo_url),
        data_dir=data_dir,
        log_level="debug",
        access="local",
        board="demo",
        webhook_hosts=(WEBHOOK_HOST,),
    )


@pytest.fixture
def client(settings: Settings, engine: MatchEngine) -> Iterator[TestClient]:
    """A client of a started service; the engine is shared by all tests, since it never changes."""
    with client_of(settings, engine) as client:
        yield client


@pytest.fixture
def keyed(settings: Settings, engine: MatchEngine) -> Iterator[TestClient]:
    """A client of a service that asks for keys, as every service on a named database does."""
    with client_of(settings.model_copy(update={"access": "keys"}), engine) as client:
        yield client


@contextmanager
def client_of(settings: Settings, engine: MatchEngine) -> Iterator[TestClient]:
    """A client on the same machine."""
    app = create_app(settings, engine=lambda _: engine)
    here = {"base_url": "http://127.0.0.1:8765", "client": ("127.0.0.1", 50000)}
    with TestClient(app, raise_server_exceptions=False, **here) as client:  # type: ignore[arg-type] # two of its options
        yield client


@pytest.fixture
def keys(database: EmbeddedServer) -> Iterator[Keys]:
    """The keys of all boards, as the owner of the tables sees them."""
    with closing(Database(database.owner_url, Settings())) as pool:
        yield Keys(pool)


MakeKey = Callable[..., dict[str, str]]


@pytest.fixture
def make_key(keys: Keys) -> MakeKey:
    """Make a key of a board; what comes back are the headers to ask with."""

    def make(board: str = "alamo", scopes: Iterable[Scope] = Scope) -> dict[str, str]:
        return {"Authorization": f"Bearer {keys.create(board, frozenset(scopes), None)}"}

    return make


@pytest.fixture
def profile() -> dict[str, Any]:
    """A profile a test may change."""
    return copy.deepcopy(PROFILE)
