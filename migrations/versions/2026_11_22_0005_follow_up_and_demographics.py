"""What becomes of a plan, and what people say of their race, sex and disability, out of reach of whoever matches."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_POLICY = """
    create policy board_only on {table}
      using (board = nullif(current_setting('stackway.board', true), ''))
      with check (board = nullif(current_setting('stackway.board', true), ''))
"""

# What the role for demographic data may do besides: find the person's key, and write the audit of what it did.
_READ_BY_EEO = ("alembic_version", "boards", "person_keys")


def upgrade() -> None:
    """Make the tables, and the second role. The one that matches has no right in the schema `eeo`, not even to look."""
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_follow_ups_board_boards")),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_follow_ups_match_id_matches")),
        sa.ForeignKeyConstraint(["about"], ["follow_ups.id"], name=op.f("fk_follow_ups_about_follow_ups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("about", name=op.f("uq_follow_ups_about")),
    )
    op.create_index(op.f("ix_follow_ups_match_id_kind_created_at"), "follow_ups", ["match_id", "kind", "created_at"])
    op.execute("grant select, insert on follow_ups to stackway_app")
    _bind_to_board("follow_ups")
    _role()
    op.execute("create schema eeo")
    op.create_table(
        "demographics",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["board"], ["public.boards.slug"], name=op.f("fk_demographics_board_boards")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_demographics")),
        schema="eeo",
    )
    _bind_to_board("eeo.demographics")
    op.execute("grant usage on schema public, eeo to stackway_eeo")
    op.execute("grant select, insert, update, delete on eeo.demographics to stackway_eeo")
    for table in _READ_BY_EEO:
        op.execute(f"grant select on {table} to stackway_eeo")
    op.execute("grant select, insert on audit_events to stackway_eeo")


def _bind_to_board(table: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(_POLICY.format(table=table))


def _role() -> None:
    # As in 0001: a role belongs to the whole server, and cannot log in elsewhere until it is given a password.
    op.execute(
        """
        do $$ begin
          if not exists (select 1 from pg_roles where rolname = 'stackway_eeo') then
            create role stackway_eeo login nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
          end if;
        exception when duplicate_object or unique_violation then null;
        end $$
        """
    )


def downgrade() -> None:
    """Drop the tables. The role stays, without rights: other databases of the server may use it."""
    op.execute("revoke select, insert on audit_events from stackway_eeo")
    for table in _READ_BY_EEO:
        op.execute(f"revoke select on {table} from stackway_eeo")  # noqa: S608 # our own words
    op.execute("revoke usage on schema public from stackway_eeo")
    op.drop_table("demographics", schema="eeo")
    op.execute("drop schema eeo")
    op.drop_table("follow_ups")
