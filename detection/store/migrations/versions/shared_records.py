"""Records that several alerts cite count once in a sum, as settlements do; the next run derives them again."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.execute(
        "INSERT INTO shared_evidence (settlement_id, alert_id, pool, account)"
        " SELECT record_table || ':' || record_id, alert_id, pool, account FROM record_evidence"
        " WHERE (record_table, record_id) IN"
        " (SELECT record_table, record_id FROM record_evidence GROUP BY 1, 2 HAVING count(*) > 1)"
    )
