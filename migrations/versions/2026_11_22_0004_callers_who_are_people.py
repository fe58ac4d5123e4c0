"""A decision may come from a person whom an identity provider names, in as many characters as it likes."""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Lift the limit. PostgreSQL rewrites nothing for it, and the version before writes as it did."""
    op.alter_column("decisions", "caller", type_=sa.Text(), existing_type=sa.String(40), existing_nullable=False)


def downgrade() -> None:
    """Cut what the version before could not have written; the audit holds the whole name."""
    op.alter_column(
        "decisions",
        "caller",
        type_=sa.String(40),
        existing_type=sa.Text(),
        existing_nullable=False,
        postgresql_using="left(caller, 40)",
    )
