"""Packets, leads and cases; which packet an alert belongs to follows from its own columns."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_INSTITUTION = "queue = 'institutions' AND provider_id IS NOT NULL"
_KIND = (
    f"CASE WHEN {_AT_INSTITUTION} THEN 'provider' WHEN subject_kind = 'payer_account' THEN 'person' "
    "ELSE subject_kind END"
)
_SUBJECT = (
    f"CASE WHEN {_AT_INSTITUTION} THEN provider_id WHEN subject_kind = 'group' THEN alert_id ELSE subject_id "
    "END"
)
_OPEN = sa.text("given_back_at IS NULL")


def _packet() -> list[sa.Column[str]]:
    """Columns that name a packet."""
    return [
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("packet_kind", sa.String(length=20), nullable=False),
        sa.Column("packet_subject", sa.String(length=80), nullable=False),
    ]


def upgrade() -> None:
    """Make the change."""
    stored = (
        op.get_bind().dialect.name == "postgresql"
    )  # SQLite adds columns that it computes when they are read
    for name, length, expression in (("packet_kind", 20, _KIND), ("packet_subject", 80, _SUBJECT)):
        op.add_column("alert", sa.Column(name, sa.String(length), sa.Computed(expression, persisted=stored)))
    op.create_index(
        "alert_by_packet",
        "alert",
        [
            "queue", "packet_kind", "packet_subject", "status", "money_kind", "severity_order", "rank",
            "pool_at_issue", "account_at_issue", "district", "detector", "family", "subject_kind",
            "period_start", "period_end", "alert_id",
        ],
    )  # fmt: skip
    op.create_table(
        "packet_holding",
        sa.Column("holding_id", sa.Integer(), autoincrement=True, nullable=False),
        *_packet(),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("taken_at", sa.String(length=32), nullable=False),
        sa.Column("given_back_at", sa.String(length=32), nullable=True),
        sa.Column("given_back_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("holding_id"),
    )
    op.create_index(
        "holding_of_packet",
        "packet_holding",
        ["queue", "packet_kind", "packet_subject"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("holding_by_holder", "packet_holding", ["holder", "given_back_at"])
    op.create_table(
        "case_file",
        sa.Column("case_id", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        *_packet(),
        sa.Column("district", sa.String(length=10), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("track", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=80), nullable=False),
        sa.Column("disposition", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.String(length=32), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("from_lead", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["from_lead"], ["case_file.case_id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("case_by_packet", "case_file", ["queue", "packet_kind", "packet_subject"])
    op.create_index("case_by_state", "case_file", ["kind", "state"])
    op.create_table(
        "case_alert",
        sa.Column("case_id", sa.String(length=20), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.case_id"]),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"]),
        sa.PrimaryKeyConstraint("case_id", "alert_id"),
    )
    op.create_index("ix_case_alert_alert_id", "case_alert", ["alert_id"])
    op.create_table(
        "case_person",
        sa.Column("case_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.case_id"]),
        sa.PrimaryKeyConstraint("case_id", "name"),
    )
    op.create_index("case_person_by_name", "case_person", ["name", "part"])
    op.create_table(
        "case_event",
        sa.Column("event_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("move", sa.String(length=40), nullable=False),
        sa.Column("state_before", sa.String(length=30), nullable=False),
        sa.Column("state_after", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("document_day", sa.String(length=10), nullable=True),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.case_id"]),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_case_event_case_id", "case_event", ["case_id"])
    op.create_table(
        "money_entry",
        sa.Column("entry_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("fund", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.case_id"]),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.event_id"]),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("ix_money_entry_case_id", "money_entry", ["case_id"])
