"""Run migrations. A step of its own: the service only checks where the database stands."""

from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.errors import LockNotAvailable, QueryCanceled
from sqlalchemy import Connection, create_engine, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

import migrations
from app.errors import UnavailableError

if TYPE_CHECKING:
    from alembic.config import Config

# Any number, the same for everyone: two upgrades of one database at once wait for each other.
_LOCK = 7_461_202_611


def upgrade(url: str) -> str:
    """Bring the database of `url`, given as its owner, to the newest revision; say which that is.

    Raises:
        UnavailableError: the database does not answer, or others hold its tables; it is as it was.
    """
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            if find_revision(connection) != migrations.NEWEST:
                _run_migrations(connection)
    except OperationalError as error:
        if isinstance(error.orig, LockNotAvailable | QueryCanceled):
            raise UnavailableError(
                "Somebody else holds a table for long, or a step took too long: nothing was changed. Run this again "
                "when less is done; `select * from pg_stat_activity` shows who it is."
            ) from error
        raise UnavailableError(
            "The database does not answer, or not to this role. Check STACKWAY_DATABASE_OWNER_URL, or "
            "STACKWAY_DATABASE_URL where that is not set."
        ) from error
    finally:
        engine.dispose()
    return migrations.NEWEST


def find_revision(connection: Connection) -> str | None:
    """The migration a database is at, or None when it has none."""
    if connection.scalar(text("select to_regclass('public.alembic_version')")) is None:
        return None
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision


def _run_migrations(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 # a service whose database is up to date starts sooner without

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def alembic_config() -> "Config":
    """Alembic's settings, made here so that they travel with the package."""
    from alembic.config import Config  # noqa: PLC0415 # as above

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config
