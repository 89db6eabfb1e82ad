"""When a rule of retention removed what the sender of an outside lead wrote in words."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "outside_lead", sa.Column("purged_at", sa.String(length=32), nullable=False, server_default="")
    )
