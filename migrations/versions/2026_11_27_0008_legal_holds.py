"""A person may be on legal hold: from which day, and why, sealed. Who is on hold cannot be erased by any version."""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

# What the role for demographic data has to know, so that a hold keeps those as well; nothing of the person.
_READ_BY_EEO = "id, board, hold_since"


def upgrade() -> None:
    """Add two columns that may be empty, which rewrites nothing. The version still running leaves them as they are.

    That version knows no holds: the check refuses what it would erase. People are read once to be sure of it, within
    the time a step may take.
    """
    op.add_column("seekers", sa.Column("hold_since", sa.Date(), nullable=True))
    op.add_column("seekers", sa.Column("hold_content", sa.LargeBinary(), nullable=True))
    op.create_check_constraint(
        op.f("ck_seekers_held_is_not_erased"), "seekers", "hold_since is null or erased_at is null"
    )
    op.execute(f"grant select ({_READ_BY_EEO}) on seekers to stackway_eeo")


def downgrade() -> None:
    """Drop the columns: every hold is lifted. The audit still tells who was put on hold, when and by whom."""
    op.execute(f"revoke select ({_READ_BY_EEO}) on seekers from stackway_eeo")  # noqa: S608 # our own words
    op.drop_constraint(op.f("ck_seekers_held_is_not_erased"), "seekers", type_="check")
    op.drop_column("seekers", "hold_content")
    op.drop_column("seekers", "hold_since")
