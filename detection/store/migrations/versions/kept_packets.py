"""Packets in a table of their own, of the alerts that the store has; their ids come with the next run."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_LISTED = ["packet_kind", "packet_subject", "highest", "first_district", "last_district"]
_OPEN = sa.text("rank IS NOT NULL")
_OF_ALERTS = """
INSERT INTO packet (queue, packet_kind, packet_subject, rank, highest, first_district, last_district)
SELECT queue, packet_kind, packet_subject,
    min(CASE WHEN {waits} THEN rank END), max(CASE WHEN {waits} THEN severity_order END),
    min(CASE WHEN {waits} THEN coalesce(district, '') END), max(CASE WHEN {waits} THEN coalesce(district, '') END)
FROM alert GROUP BY queue, packet_kind, packet_subject
""".format(waits="status IN ('new', 'triaged', 'need_data', 'snoozed', 'proposed', 'escalated')")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "packet",
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("packet_kind", sa.String(length=20), nullable=False),
        sa.Column("packet_subject", sa.String(length=80), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("highest", sa.Integer(), nullable=True),
        sa.Column("first_district", sa.String(length=10), nullable=True),
        sa.Column("last_district", sa.String(length=10), nullable=True),
        sa.Column("id_digest", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("queue", "packet_kind", "packet_subject"),
        sqlite_with_rowid=False,
    )
    op.execute(_OF_ALERTS)
    for name, first in (("packet_by_queue", ["queue", "rank"]), ("packet_by_rank", ["rank", "queue"])):
        op.create_index(name, "packet", [*first, *_LISTED], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("packet_by_id", "packet", ["id_digest"])
