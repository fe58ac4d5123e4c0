"""People under a key of their own, decisions on plans, replies to repeat, and the audit, each bound to its board."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

# What the role that serves may do. It never changes or removes what the audit holds.
_RIGHTS = {
    "person_keys": "select, insert, delete",
    "seekers": "select, insert, update",
    "decisions": "select, insert",
    "replies": "select, insert, delete",
    "audit_events": "select, insert",
}


def upgrade() -> None:
    """Make the tables. `matches.person` stays null for answers kept before, which are not encrypted."""
    op.add_column("matches", sa.Column("person", sa.Uuid(), nullable=True))
    _people()
    _acts()
    for table, rights in _RIGHTS.items():
        op.execute(f"grant {rights} on {table} to stackway_app")
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"""
            create policy board_only on {table}
              using (board = nullif(current_setting('stackway.board', true), ''))
              with check (board = nullif(current_setting('stackway.board', true), ''))
            """
        )


def _people() -> None:
    op.create_table(
        "person_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        _board(),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        *_keys("person_keys", "id"),
    )
    op.create_table(
        "seekers",
        sa.Column("id", sa.Uuid(), nullable=False),
        _board(),
        sa.Column("version", sa.Integer(), nullable=False),
        _now("created_at"),
        _now("updated_at"),
        sa.Column("reference_digest", sa.LargeBinary(), nullable=True),
        sa.Column("profile", sa.LargeBinary(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        *_keys("seekers", "id"),
    )
    op.create_index(op.f("ix_seekers_board_created_at_id"), "seekers", ["board", "created_at", "id"])
    op.create_index(op.f("ix_seekers_board_reference_digest"), "seekers", ["board", "reference_digest"])


def _acts() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        _board(),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        _now("created_at"),
        sa.Column("plan", sa.String(100), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("caller", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_decisions_match_id_matches")),
        *_keys("decisions", "id"),
    )
    op.create_index(op.f("ix_decisions_match_id_created_at"), "decisions", ["match_id", "created_at"])
    op.create_table(
        "replies",
        _board(),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("resource", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        _now("created_at"),
        *_keys("replies", "board", "key_digest"),
    )
    op.create_index(op.f("ix_replies_board_created_at"), "replies", ["board", "created_at"])
    op.create_table(
        "audit_events",
        _board(),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subjects", ARRAY(sa.Text()), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        *_keys("audit_events", "board", "number"),
    )


def _board() -> "sa.Column[str]":
    return sa.Column("board", sa.String(63), nullable=False)


def _now(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def _keys(table: str, *primary: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f(f"fk_{table}_board_boards")),
        sa.PrimaryKeyConstraint(*primary, name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    """Drop the tables, and the answers that only their keys could open."""
    op.drop_table("audit_events")
    op.drop_table("replies")
    op.drop_table("decisions")
    op.drop_table("seekers")
    op.drop_table("person_keys")
    op.execute("alter table matches no force row level security")
    op.execute("delete from matches where person is not null")
    op.execute("alter table matches force row level security")
    op.drop_column("matches", "person")
