"""Since when a user's password is one that an administrator chose.

Passwords of earlier versions are taken as the users' own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("account_user", sa.Column("password_given_at", sa.String(length=32), nullable=True))
