"""Row level security binds the role the service runs as."""

import uuid
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from app.db.embedded import EmbeddedServer
from app.db.matches import KeptMatch, add_match, find_match
from app.db.session import Database
from app.errors import ConfigurationError, UnavailableError
from app.settings import Settings


@pytest.fixture
def pool(database: EmbeddedServer) -> Iterator[Database]:
    """A pool of one connection, so that every session of a test gets the same one."""
    pool = Database(database.url, Settings(database_pool_size=1))
    yield pool
    pool.close()


def _kept(board: str = "demo") -> KeptMatch:
    return KeptMatch(uuid.uuid4(), board, b"digest", "snapshot", "1", date(2026, 11, 22), b'{"plans":[]}', None)


def test_a_board_reads_what_it_kept(pool: Database) -> None:
    kept = _kept()
    with pool.session("demo") as session, session.begin():
        add_match(session, kept)

    with pool.session("demo") as session:
        assert find_match(session, kept.id) == kept


@pytest.mark.parametrize("board", ["other", ""])
def test_another_board_and_no_board_see_nothing(pool: Database, board: str) -> None:
    kept = _kept()
    with pool.session("demo") as session, session.begin():
        add_match(session, kept)

    with pool.session(board) as session:
        assert find_match(session, kept.id) is None


def test_a_board_cannot_write_for_another(pool: Database) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), pool.session("other") as session, session.begin():
        add_match(session, _kept("demo"))


def test_an_error_of_the_database_never_shows_a_value(pool: Database) -> None:
    with pytest.raises(ProgrammingError) as caught, pool.session("other") as session, session.begin():
        add_match(session, _kept("demo"))

    assert "plans" not in str(caught.value)


def test_the_role_of_the_service_is_accepted(pool: Database) -> None:
    pool.refuse_privilege()


def test_a_superuser_is_refused(database: EmbeddedServer) -> None:
    pool = Database(database.owner_url, Settings())

    with pytest.raises(ConfigurationError, match="stackway_app"):
        pool.refuse_privilege()

    pool.close()


def test_an_owner_of_tables_is_refused(database: EmbeddedServer) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("alter table boards owner to stackway_app")
    pool = Database(database.url, Settings())

    with pytest.raises(ConfigurationError):
        pool.refuse_privilege()

    pool.close()


def test_a_connection_that_was_cut_is_replaced_without_an_error(pool: Database, database: EmbeddedServer) -> None:
    assert pool.revision() is not None
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stackway_app' "
            "and datname = current_database()"
        )

    assert pool.revision() is not None


def test_a_database_that_is_away_is_said_to_be_so() -> None:
    pool = Database("postgresql://stackway_app@127.0.0.1:1/none", Settings(database_timeout_seconds=1))

    with pytest.raises(UnavailableError) as caught:
        pool.revision()

    assert caught.value.headers["Retry-After"]
    pool.close()


def test_a_database_without_tables_has_no_revision(empty_database: EmbeddedServer) -> None:
    pool = Database(empty_database.owner_url, Settings())

    assert pool.revision() is None

    pool.close()
