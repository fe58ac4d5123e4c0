"""Boards and the answers kept for them, with the unprivileged role and row level security."""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables, the role that serves, and the rule that a board sees its own records only."""
    op.create_table(
        "boards",
        sa.Column("slug", sa.String(63), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_boards")),
    )
    op.create_table(
        "matches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("input_digest", sa.LargeBinary(), nullable=False),
        sa.Column("snapshot", sa.String(64), nullable=False),
        sa.Column("method_version", sa.String(32), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_matches_board_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
    )
    op.create_index(op.f("ix_matches_board_created_at_id"), "matches", ["board", "created_at", "id"])
    op.execute("insert into boards (slug, name) values ('demo', 'Demonstration board')")
    _allow()
    op.execute("alter table matches enable row level security")
    op.execute("alter table matches force row level security")
    # An unset board reads as null, and null equals nothing: without a board no row is seen.
    op.execute(
        """
        create policy board_only on matches
          using (board = nullif(current_setting('stackway.board', true), ''))
          with check (board = nullif(current_setting('stackway.board', true), ''))
        """
    )


def _allow() -> None:
    # A role belongs to the whole server, so another database of it may have made it already. It has no password: over
    # the embedded server's private socket it needs none, and elsewhere it cannot log in until it is given one.
    op.execute(
        """
        do $$ begin
          if not exists (select 1 from pg_roles where rolname = 'stackway_app') then
            create role stackway_app login nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
          end if;
        exception when duplicate_object or unique_violation then null;
        end $$
        """
    )
    op.execute("grant usage on schema public to stackway_app")
    op.execute("grant select on alembic_version, boards to stackway_app")
    op.execute("grant select, insert on matches to stackway_app")


def downgrade() -> None:
    """Drop the tables. The role stays: other databases of the server may use it."""
    op.execute("revoke select on alembic_version from stackway_app")
    op.execute("revoke usage on schema public from stackway_app")
    op.drop_table("matches")
    op.drop_table("boards")
