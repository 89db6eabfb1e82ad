"""What the money of an alert is: at issue by a rule, in question by a pattern, or context."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_INDEX = "alert_by_filter"
_COLUMNS = (
    "status", "queue", "certainty", "family", "detector", "severity", "district", "provider_kind", "provider_id",
    "change", "period_start", "period_end", "subject_kind", "subject_id", "severity_order", "rank",
    "amount_at_issue", "pool_at_issue", "account_at_issue", "money_kind", "alert_id",
    "title_en", "title_zh",
)  # fmt: skip


def upgrade() -> None:
    """Add the column; older alerts get the kind that follows from their cards, none of which names another."""
    column = sa.Column("money_kind", sa.String(length=12), nullable=False, server_default="context")
    op.add_column("alert", column)
    op.execute("UPDATE alert SET money_kind = 'at_issue' WHERE certainty = 'deterministic'")
    op.execute("UPDATE alert SET money_kind = 'in_question' WHERE certainty = 'statistical'")
    op.execute("UPDATE alert SET money_kind = 'context' WHERE detector_kind = 'model'")
    op.drop_index(_INDEX, "alert")
    op.create_index(_INDEX, "alert", _COLUMNS)
