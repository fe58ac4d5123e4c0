"""Sessions bound to one board. Row level security does the rest: a session without a board sees nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.errors import DiskFull
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from app.db.migrate import find_revision
from app.errors import ConfigurationError, NoRoomError, UnavailableError
from app.settings import Settings

__all__ = ["Database", "Session"]

_PRIVILEGED = text(
    """
    select r.rolsuper or r.rolbypassrls or exists (
      select 1 from pg_class c
      where c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'eeo'))
        and c.relkind in ('r', 'p')
        and pg_has_role(current_user, c.relowner, 'usage'))
    from pg_roles r where r.rolname = current_user
    """
)

_BIND = "select set_config('stackway.board', %(board)s, true), set_config('stackway.key', %(key)s, true)"


class Database:
    """A pool of connections as the unprivileged role."""

    def __init__(self, url: str, settings: Settings, *, options: str = "") -> None:
        self._engine = _engine(url, settings, options)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        event.listen(self._sessions, "after_begin", _bind_board)

    @contextmanager
    def session(self, board: str, *, key_id: str = "") -> Iterator[Session]:
        """A session that sees the records of `board` only. The caller begins and commits.

        Args:
            board: the tenant; "" sees nothing that belongs to one.
            key_id: an API key to see besides, since its board is known only once it is found.

        Raises:
            UnavailableError: the database is away, or took too long.
            NoRoomError: its disk is full.
        """
        try:
            with self._sessions(info={"board": board, "key": key_id}) as session:
                yield session
        except (OperationalError, PoolTimeoutError, psycopg.OperationalError) as error:
            if isinstance(getattr(error, "orig", error), DiskFull):
                raise NoRoomError(
                    "The disk of the database is full. Whoever runs the service has to make room there; then send this "
                    "again. Nothing of it was kept, and nothing has to be restarted."
                ) from error
            raise UnavailableError("The database does not answer; try again in a few seconds.") from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise UnavailableError("The database went away; try again in a few seconds.") from error
            raise

    def revision(self) -> str | None:
        """The migration the database is at, or None when it has none.

        Raises:
            UnavailableError: the database is away.
        """
        with self.session("") as session:
            return find_revision(session.connection())

    def refuse_privilege(self) -> None:
        """Refuse a role that row level security does not bind.

        Raises:
            ConfigurationError: the role is a superuser, bypasses row level security, or owns tables.
            UnavailableError: the database is away.
        """
        with self.session("") as session:
            if session.scalar(_PRIVILEGED):
                raise ConfigurationError(
                    "The service does not run as a superuser, as an owner of tables or with BYPASSRLS, since row level "
                    "security would not bind it. Give role stackway_app a password, name it in STACKWAY_DATABASE_URL, "
                    "and name the owner in STACKWAY_DATABASE_OWNER_URL for `stackway db upgrade`."
                )

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _engine(url: str, settings: Settings, options: str) -> Engine:
    seconds = settings.database_timeout_seconds
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_timeout=seconds,
        pool_pre_ping=True,  # a database that was restarted is used again without an error to a person
        hide_parameters=True,  # the text of an error never shows a value
        connect_args={
            "connect_timeout": seconds,
            "options": f"-c statement_timeout={seconds * 1000} -c lock_timeout={seconds * 1000} {options}".strip(),
            "application_name": "stackway",
        },
    )


def _bind_board(session: Session, _transaction: object, connection: Connection) -> None:
    # `true`: for this transaction only, so that a pooled connection never carries a board to the next request.
    with in_one_go(connection) as driver:  # with the BEGIN before it
        driver.execute(_BIND, session.info)


@contextmanager
def in_one_go(connection: Connection) -> Iterator["psycopg.Connection[Any]"]:
    """The driver's own connection; what is executed on it goes to the database together and is waited for once.

    A process that computes lets a thread on only every few milliseconds: each wait for the database costs that much.
    """
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment] # the one named
    with driver.pipeline():
        yield driver
