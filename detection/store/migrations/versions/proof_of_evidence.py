"""Columns of evidence that carry the claim; evidence of earlier runs has none."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    for table in ("evidence", "record_evidence"):
        op.add_column(table, sa.Column("proof", sa.JSON(), nullable=True))
