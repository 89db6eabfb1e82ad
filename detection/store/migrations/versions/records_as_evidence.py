"""Evidence that is no settlement: records of other tables, with signed money."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "record_evidence",
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("record_table", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=200), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=80), nullable=True),
        sa.Column("record_day", sa.String(length=10), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("source_file", sa.Text(), nullable=False),
        sa.Column("source_row", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alert_id", "record_table", "record_id"),
        sqlite_with_rowid=False,
    )
