"""What pytest-alembic asks for: our configuration, and a database with nothing in it."""

from collections.abc import Iterator

import pytest
from alembic.config import Config
from sqlalchemy import Engine, create_engine, pool
from sqlalchemy.engine import make_url

from app.db.embedded import EmbeddedServer
from app.db.migrate import alembic_config as our_config


@pytest.fixture
def alembic_config() -> Config:
    return our_config()


@pytest.fixture
def alembic_engine(empty_database: EmbeddedServer) -> Iterator[Engine]:
    address = make_url(empty_database.owner_url).set(drivername="postgresql+psycopg")
    engine = create_engine(address, poolclass=pool.NullPool)
    yield engine
    engine.dispose()
