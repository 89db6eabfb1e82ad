"""The audit log, append-only; its first entry states what there was before it."""

import sqlalchemy as sa
from alembic import op

from detection.store.audit.append import append
from detection.store.audit.genesis import genesis
from detection.store.audit.protection import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=200), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    for name, column in (("time", "at"), ("actor", "actor"), ("action", "action"), ("object", "object")):
        op.create_index(f"audit_by_{name}", "audit_entry", [column])
    connection = op.get_bind()
    append(connection, genesis(connection))
    protect(connection)
