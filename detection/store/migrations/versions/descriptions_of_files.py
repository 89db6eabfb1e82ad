"""What was typed about a file of a case stands with the file, which retention can remove, and not in its event."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; events and entries of earlier files stay as they are."""
    op.add_column(
        "case_document", sa.Column("about", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
