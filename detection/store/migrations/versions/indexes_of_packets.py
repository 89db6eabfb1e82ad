"""Indexes of what packets and cases are read by: what several alerts cite, by alert, and cases by their lead."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_index("shared_by_alert", "shared_evidence", ["alert_id"])
    op.create_index("case_by_lead", "case_file", ["from_lead"])
