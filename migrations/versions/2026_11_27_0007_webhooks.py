"""Webhooks: where a board's events are sent, sealed, and each event until it was taken; bound to their board."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_TABLES = ("webhooks", "webhook_deliveries")


def upgrade() -> None:
    """Make the tables. The version still running neither reads nor writes them."""
    _webhooks()
    _deliveries()
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


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _at("created_at"),
        _at("updated_at"),
        sa.Column("events", ARRAY(sa.Text()), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_webhooks_board_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_index(op.f("ix_webhooks_board_created_at_id"), "webhooks", ["board", "created_at", "id"])


def _deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        _at("created_at"),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("subjects", ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("fault", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_webhook_deliveries_board_boards")),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_deliveries_webhook_id_webhooks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index(
        op.f("ix_webhook_deliveries_webhook_id_created_at_id"), "webhook_deliveries", ["webhook_id", "created_at", "id"]
    )
    op.create_index(
        op.f("ix_webhook_deliveries_due_at"),
        "webhook_deliveries",
        ["due_at"],
        postgresql_where=sa.text("due_at is not null"),
    )


def _at(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def downgrade() -> None:
    """Drop the tables, the keys that opened them, and the jobs of events that were still to be sent."""
    op.execute("set local search_path to queue, public")  # the library's triggers look for its tables by it
    op.execute("delete from procrastinate_jobs where queue_name = 'webhooks'")
    op.execute("set local search_path to default")
    op.execute("alter table person_keys no force row level security")
    op.execute("alter table webhooks no force row level security")
    op.execute("delete from person_keys where id in (select id from webhooks)")
    op.execute("alter table person_keys force row level security")
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
