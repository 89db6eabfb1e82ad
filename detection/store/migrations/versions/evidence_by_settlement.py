"""An index of evidence by settlement: a family's payments and a search ask who cites a settlement."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_index("evidence_by_settlement", "evidence", ["settlement_id"])
