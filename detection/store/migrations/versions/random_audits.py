"""Random audits: dismissed alerts and subjects without alerts that are looked at again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "random_audit",
        sa.Column("audit_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("stratum", sa.String(length=20), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=True),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sampled_at", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("result_by", sa.String(length=80), nullable=True),
        sa.Column("result_at", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"]),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_index("ix_random_audit_alert_id", "random_audit", ["alert_id"])
    op.create_index("random_audit_by_state", "random_audit", ["state", "stratum", "month"])
