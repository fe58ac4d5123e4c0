"""Run migrations. A step of its own: the service only checks where the database stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

import migrations
from app.errors import UnavailableError

# Any number, the same for everyone: two upgrades of one database at once wait for each other.
_LOCK = 7_461_202_611


def upgrade(url: str) -> str:
    """Bring the database of `url`, given as its owner, to the newest revision; say which that is.

    Raises:
        UnavailableError: the database does not answer.
    """
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise UnavailableError(
            "The database does not answer, or not to this role. Check STACKWAY_DATABASE_OWNER_URL, or "
            "STACKWAY_DATABASE_URL where that is not set."
        ) from error
    finally:
        engine.dispose()
    return newest_revision()


def newest_revision() -> str:
    """The revision this version of the code works with."""
    heads = ScriptDirectory.from_config(alembic_config()).get_heads()
    return heads[0]


def alembic_config() -> Config:
    """Alembic's settings, made here so that they travel with the package."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config
