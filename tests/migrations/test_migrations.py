"""Migrations run forward and back, and make the tables the code speaks of."""

from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from pytest_alembic.tests import (  # noqa: F401 # collected here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Engine

import migrations
from app.db import migrate
from app.db.embedded import EmbeddedServer


def test_files_are_named_by_their_day_and_number() -> None:
    names = sorted(path.name for path in (Path(migrations.__file__).parent / "versions").glob("*.py"))

    assert names
    assert [name[11:15] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_the_newest_revision_is_the_one_the_code_names() -> None:
    assert ScriptDirectory.from_config(migrate.alembic_config()).get_heads() == [migrations.NEWEST]


def test_an_upgrade_done_twice_changes_nothing(empty_database: EmbeddedServer) -> None:
    assert migrate.upgrade(empty_database.owner_url) == migrate.upgrade(empty_database.owner_url)


def test_up_down_up_works_on_a_database_with_data(empty_database: EmbeddedServer, alembic_engine: Engine) -> None:
    config = migrate.alembic_config()
    migrate.upgrade(empty_database.owner_url)
    with psycopg.connect(empty_database.owner_url) as connection:
        connection.execute(
            "insert into matches (id, board, input_digest, snapshot, method_version, as_of, answer) "
            "values (gen_random_uuid(), 'demo', '', '', '', current_date, '')"
        )

    with alembic_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")

    with psycopg.connect(empty_database.owner_url) as connection:
        assert connection.execute("select count(*) from matches").fetchone() == (0,)


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
    }
    assert all(forced for _, forced in rows)
