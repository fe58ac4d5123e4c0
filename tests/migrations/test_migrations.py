"""Migrations run forward and back, and make the tables the code speaks of."""

import time
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from pytest_alembic.tests import (  # noqa: F401 # collected here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Connection, Engine, MetaData, Table, func, select, text
from sqlalchemy.dialects.postgresql import insert

import migrations
from app.db import migrate
from app.db.embedded import EmbeddedServer
from app.db.tables import Base
from app.errors import UnavailableError


def test_files_are_named_by_their_day_and_number() -> None:
    names = sorted(path.name for path in (Path(migrations.__file__).parent / "versions").glob("*.py"))

    assert names
    assert [name[11:15] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_the_newest_revision_is_the_one_the_code_names() -> None:
    assert ScriptDirectory.from_config(migrate.alembic_config()).get_heads() == [migrations.NEWEST]


def test_an_upgrade_done_twice_changes_nothing(empty_database: EmbeddedServer) -> None:
    assert migrate.upgrade(empty_database.owner_url) == migrate.upgrade(empty_database.owner_url)


def test_up_down_up_works_with_a_row_in_every_table(empty_database: EmbeddedServer, alembic_engine: Engine) -> None:
    config = migrate.alembic_config()
    migrate.upgrade(empty_database.owner_url)
    with alembic_engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(insert(table).values(_row(table)).on_conflict_do_nothing())
        connection.execute(text("set local search_path to queue, public"))
        connection.execute(text("insert into procrastinate_jobs (queue_name, task_name) values ('webhooks', 'send')"))
    with alembic_engine.connect() as connection:
        filled = {table.name: _count(connection, table) for table in Base.metadata.sorted_tables}
    assert min(filled.values()) >= 1

    with alembic_engine.begin() as connection:
        config.attributes["connection"] = connection
        # One at a time, so that each is undone with what the ones before it have left.
        for _ in migrations_of(config):
            command.downgrade(config, "-1")
        command.upgrade(config, "head")

    with alembic_engine.connect() as connection:
        assert {name for name in filled if _count(connection, Base.metadata.tables[_named(name)])} <= {"boards"}


def migrations_of(config: Config) -> list[Script]:
    """Every one, newest first."""
    return list(ScriptDirectory.from_config(config).walk_revisions())


def _named(name: str) -> str:
    return next(full for full, table in Base.metadata.tables.items() if table.name == name)


def _row(table: Table) -> dict[str, object]:
    """Something for each column that may be filled; those that name another record name the one made before.

    Two are left out: what a record is about, which is another of its kind, and when it was erased, as this one was not.
    """
    kinds: dict[type, object] = {
        uuid.UUID: uuid.UUID(int=1),
        str: "demo",
        bytes: b"sealed",
        int: 1,
        bool: True,
        date: date(2026, 1, 1),
        datetime: datetime(2026, 1, 1, tzinfo=UTC),
        list: [],
    }
    return {
        column.name: kinds[column.type.python_type]
        for column in table.columns
        if column.name not in ("about", "erased_at")
    }


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize(
    ("table", "may"),
    [
        ("matches", {"INSERT", "SELECT"}),
        ("boards", {"SELECT"}),
        ("api_keys", {"SELECT"}),
        ("audit_events", {"INSERT", "SELECT"}),
        ("decisions", {"INSERT", "SELECT"}),
        ("person_keys", {"INSERT", "SELECT", "DELETE"}),
        ("follow_ups", {"INSERT", "SELECT"}),
        ("demographics", set()),
        ("webhooks", {"INSERT", "SELECT", "UPDATE", "DELETE"}),
        ("webhook_deliveries", {"INSERT", "SELECT", "UPDATE", "DELETE"}),
    ],
)
def test_the_role_of_the_service_may_do_no_more_than_it_needs(
    database: EmbeddedServer, table: str, may: set[str]
) -> None:
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute(
            "select privilege_type from information_schema.role_table_grants "
            "where grantee = 'stackway_app' and table_name = %s",
            [table],
        ).fetchall()

    assert {privilege for (privilege,) in rows} == may


def test_row_level_security_is_forced_on_what_belongs_to_a_board(database: EmbeddedServer) -> None:
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute(
            "select c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_class c "
            "join pg_attribute a on a.attrelid = c.oid and a.attname = 'board' "
            "where a.attnum > 0 and c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'eeo'::regnamespace)"
        ).fetchall()

    assert {name for name, _ in rows} >= {
        "matches",
        "api_keys",
        "seekers",
        "person_keys",
        "decisions",
        "replies",
        "audit_events",
        "follow_ups",
        "demographics",
        "batches",
        "batch_parts",
        "webhooks",
        "webhook_deliveries",
    }
    assert all(forced for _, forced in rows)


def test_an_upgrade_that_cannot_have_a_table_gives_up_soon_and_leaves_all_as_it_was(
    empty_database: EmbeddedServer, alembic_engine: Engine
) -> None:
    config = migrate.alembic_config()
    migrate.upgrade(empty_database.owner_url)
    with alembic_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")

    with psycopg.connect(empty_database.owner_url) as reading:
        reading.execute("lock table boards")  # as a long report might, that nobody wants to end
        began = time.monotonic()
        with pytest.raises(UnavailableError, match="nothing was changed"):
            migrate.upgrade(empty_database.owner_url)
        assert time.monotonic() - began < 20

    with alembic_engine.connect() as connection:
        assert migrate.find_revision(connection) == "0005"
    assert migrate.upgrade(empty_database.owner_url) == migrations.NEWEST


@pytest.mark.parametrize("newer", [script.revision for script in migrations_of(migrate.alembic_config())][:-1])
def test_what_the_version_before_writes_is_still_taken_when_the_tables_are_newer(
    alembic_engine: Engine, newer: str
) -> None:
    """A new version's tables are there before its code is: what still runs goes on writing as it knows them."""
    config = migrate.alembic_config()
    with alembic_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, newer)
        command.downgrade(config, "-1")
        known = MetaData()
        for schema in (None, "eeo"):
            known.reflect(connection, schema=schema, only=lambda name, _: name != "alembic_version")
        command.upgrade(config, newer)

        for table in known.sorted_tables:
            connection.execute(insert(table).values(_row(table)).on_conflict_do_nothing())
            assert _count(connection, table) >= 1, table.name
