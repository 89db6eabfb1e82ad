"""Suppressions: alerts of one detector about one subject stay dismissed until a day."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "suppression",
        sa.Column("suppression_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("packet_kind", sa.String(length=20), nullable=False),
        sa.Column("packet_subject", sa.String(length=80), nullable=False),
        sa.Column("detector", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.String(length=32), nullable=False),
        sa.Column("expires_on", sa.String(length=10), nullable=False),
        sa.Column("second", sa.String(length=80), nullable=True),
        sa.Column("second_at", sa.String(length=32), nullable=True),
        sa.Column("second_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("suppression_id"),
    )
    op.create_index(
        "suppression_of_packet", "suppression", ["queue", "packet_kind", "packet_subject", "detector"]
    )
    op.create_index("suppression_by_state", "suppression", ["state", "expires_on"])
    op.create_table(
        "suppressed_alert",
        sa.Column("suppression_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["suppression_id"], ["suppression.suppression_id"]),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"]),
        sa.PrimaryKeyConstraint("suppression_id", "alert_id"),
    )
    op.create_index("ix_suppressed_alert_alert_id", "suppressed_alert", ["alert_id"])
