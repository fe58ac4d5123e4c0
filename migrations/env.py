"""Alembic's entry: runs migrations on the connection it is handed, with short waits for locks."""

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, pool, text

from app.db.tables import Base


def run() -> None:
    """Run on the given connection, or on the configured address when called without one."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    address = context.config.get_main_option("sqlalchemy.url")
    if address is None:
        raise RuntimeError("migrations need a connection or sqlalchemy.url; run `stackway db upgrade`")
    engine = create_engine(address, poolclass=pool.NullPool)
    with engine.begin() as opened:
        _run_on(opened)
    engine.dispose()


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    # The schema `queue` holds the tables of procrastinate, which no model of ours describes.
    return not (kind == "schema" and name == "queue")


def _run_on(connection: Connection | Engine) -> None:
    if isinstance(connection, Engine):
        with connection.connect() as opened:
            _run_on(opened)
            opened.commit()
        return
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_server_default=False,
        include_schemas=True,
        include_name=_is_ours,
    )
    with context.begin_transaction():
        # A migration that waits for a lock makes every later query wait behind it: give up early, try again later.
        connection.execute(text("set local lock_timeout = '3s'"))
        connection.execute(text("set local statement_timeout = '60s'"))
        context.run_migrations()


run()
