"""Lists of people in parts, bound to their board, and the queue of procrastinate in a schema of its own."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects.postgresql import ARRAY

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

_TABLES = ("batches", "batch_parts")


def upgrade() -> None:
    """Make the tables, and the queue, which holds names of boards and numbers of parts and nothing of a person."""
    _batches()
    _parts()
    for table in _TABLES:
        op.execute(f"grant select, insert, update, delete on {table} to stackway_app")
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"""
            create policy board_only on {table}
              using (board = nullif(current_setting('stackway.board', true), ''))
              with check (board = nullif(current_setting('stackway.board', true), ''))
            """
        )
    _queue()


def _queue() -> None:
    op.execute("create schema queue")
    op.execute("set local search_path to queue")
    # As the library ships it; pyproject.toml holds the library to versions with this very schema. The plain cursor,
    # since it is many statements and percent signs in them mean themselves.
    with op.get_bind().connection.cursor() as cursor:
        cursor.execute(SchemaManager.get_schema())
    op.execute("set local search_path to default")
    op.execute("grant usage on schema queue to stackway_app")
    op.execute("grant select, insert, update, delete on all tables in schema queue to stackway_app")
    op.execute("grant usage on all sequences in schema queue to stackway_app")


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("failure", sa.String(40), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("plans", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("snapshot", sa.String(64), nullable=False),
        sa.Column("method_version", sa.String(32), nullable=False),
        sa.Column("columns", ARRAY(sa.Text()), nullable=False),
        sa.Column("left_out", ARRAY(sa.Integer()), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "done", "errors", "rounds")),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_batches_board_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_index(op.f("ix_batches_board_created_at_id"), "batches", ["board", "created_at", "id"])


def _parts() -> None:
    op.create_table(
        "batch_parts",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("row_numbers", ARRAY(sa.Integer()), nullable=False),
        sa.Column("failed_rows", ARRAY(sa.Integer()), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in ("rows", "answers", "faults")),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_batch_parts_batch_id_batches"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_batch_parts_board_boards")),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_batch_parts")),
    )


def _at(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def downgrade() -> None:
    """Drop the queue, the lists, and the keys that opened them."""
    op.execute("drop schema queue cascade")
    op.execute("alter table person_keys no force row level security")
    op.execute("alter table batches no force row level security")
    op.execute("delete from person_keys where id in (select id from batches)")
    op.execute("alter table person_keys force row level security")
    op.drop_table("batch_parts")
    op.drop_table("batches")
