"""Leads that others send: what they wrote, and what it was matched to."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "outside_lead",
        sa.Column("lead_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.String(length=80), nullable=False),
        sa.Column("sender_number", sa.String(length=80), nullable=False),
        sa.Column("received_on", sa.String(length=10), nullable=False),
        sa.Column("deadline", sa.String(length=10), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("institution", sa.String(length=120), nullable=False),
        sa.Column("period_start", sa.String(length=10), nullable=True),
        sa.Column("period_end", sa.String(length=10), nullable=True),
        sa.Column("amount_claimed", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("match", sa.String(length=12), nullable=False),
        sa.Column("packet_queue", sa.String(length=20), nullable=True),
        sa.Column("joined_case", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.case_id"]),
        sa.ForeignKeyConstraint(["joined_case"], ["case_file.case_id"]),
        sa.PrimaryKeyConstraint("lead_id"),
        sa.UniqueConstraint("case_id"),
    )
    op.create_index("outside_lead_by_sender", "outside_lead", ["sender", "sender_number"], unique=True)
    op.create_index("outside_lead_by_joined", "outside_lead", ["joined_case"])
