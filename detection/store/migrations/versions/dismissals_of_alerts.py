"""Dismissals of single alerts: who proposes them, with which verdict; snoozes that end; alerts of finished cases."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_SETTLE = """
UPDATE alert SET status = 'settled'
WHERE status = 'escalated'
AND EXISTS (
    SELECT 1 FROM case_alert JOIN case_file ON case_file.case_id = case_alert.case_id
    WHERE case_alert.alert_id = alert.alert_id AND case_file.state IN ('closed', 'looked_back', 'ended')
)
AND NOT EXISTS (
    SELECT 1 FROM case_alert JOIN case_file ON case_file.case_id = case_alert.case_id
    WHERE case_alert.alert_id = alert.alert_id
    AND case_file.state NOT IN ('ended', 'became_case', 'opening_refused', 'closed', 'looked_back')
)
"""
"""Alerts whose last lead or case is finished."""


def upgrade() -> None:
    """Make the change."""
    op.add_column("alert", sa.Column("proposed_by", sa.String(length=80), nullable=True))
    op.add_column(
        "alert", sa.Column("verdict", sa.String(length=80), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("alert", sa.Column("snoozed_until", sa.String(length=10), nullable=True))
    for name, length in (("code", 80), ("until", 10)):
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default=sa.text("''"))
        op.add_column("alert_event", column)
    op.execute(_SETTLE)
