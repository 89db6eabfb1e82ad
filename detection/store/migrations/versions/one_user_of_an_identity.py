"""Somebody at the identity provider is one user; sessions of a user are found by their time.

Where two users have the same identity, it stays with the one that was made first: the other can no longer come in by
the provider until an administrator links them with somebody else.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_USER = sa.table(
    "account_user", sa.column("name"), sa.column("created_at"), sa.column("issuer"), sa.column("subject")
)


def upgrade() -> None:
    """Make the change."""
    first = _USER.alias("first")
    earlier = sa.or_(
        first.c.created_at < _USER.c.created_at,
        sa.and_(first.c.created_at == _USER.c.created_at, first.c.name < _USER.c.name),
    )
    repeated = (
        sa.select(sa.literal(1))
        .select_from(first)
        .where(first.c.issuer == _USER.c.issuer, first.c.subject == _USER.c.subject, earlier)
        .exists()
    )
    names = list(op.get_bind().scalars(sa.select(_USER.c.name).where(repeated)))
    op.execute(sa.update(_USER).where(_USER.c.name.in_(names)).values(issuer=None, subject=None))
    op.create_index("account_user_by_identity", "account_user", ["issuer", "subject"], unique=True)
    op.drop_index("account_session_by_user", "account_session")
    op.create_index("account_session_by_user", "account_session", ["user_name", "started_at"])
