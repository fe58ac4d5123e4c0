"""API keys. A session sees those of its board, and the one whose id it was told: a caller's board is not yet known."""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table; the role that serves may read it and no more."""
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("board", sa.String(63), nullable=False),
        sa.Column("secret_digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["board"], ["boards.slug"], name=op.f("fk_api_keys_board_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
    )
    op.create_index(op.f("ix_api_keys_board"), "api_keys", ["board"])
    op.execute("grant select on api_keys to stackway_app")
    op.execute("alter table api_keys enable row level security")
    op.execute("alter table api_keys force row level security")
    op.execute(
        """
        create policy board_or_named_key on api_keys
          using (board = nullif(current_setting('stackway.board', true), '')
                 or id = nullif(current_setting('stackway.key', true), ''))
        """
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("api_keys")
