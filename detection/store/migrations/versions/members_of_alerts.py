"""People of each alert, by person; those of the alerts that the store has."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    table = op.create_table(
        "alert_member",
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "alert_id"),
        sqlite_with_rowid=False,
    )
    alert = sa.table("alert", sa.column("alert_id", sa.String()), sa.column("member_ids", sa.JSON()))
    stored = op.get_bind().execute(sa.select(alert.c.alert_id, alert.c.member_ids))
    op.bulk_insert(
        table,
        [
            {"person_id": person, "alert_id": alert_id}
            for alert_id, members in stored
            for person in sorted(set(members))
        ],
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("alert_member")
