"""Pseudonyms of former keys, and the keys that took the place of others."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "former_pseudonym",
        sa.Column("former", sa.String(length=20), nullable=False),
        sa.Column("current", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("former"),
    )
    op.create_table(
        "key_change",
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("mapped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )
