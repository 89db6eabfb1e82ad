"""The first tables: runs, cards, alerts with their evidence and events, and what a run says of the data."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "card",
        sa.Column("digest", sa.String(length=40), nullable=False),
        sa.Column("detector", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "institution",
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("district", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("provider_id"),
    )
    op.create_table(
        "monthly_spend",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("settlements", sa.BigInteger(), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("mutual_aid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month"),
    )
    op.create_table(
        "reveal",
        sa.Column("reveal_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reveal_id"),
    )
    op.create_table(
        "run",
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.String(length=32), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("snapshot_id", sa.String(length=40), nullable=False),
        sa.Column("code_version", sa.String(length=40), nullable=False),
        sa.Column("config_digest", sa.String(length=40), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("models", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("current_run_id", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "alert",
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("first_run_id", sa.String(length=40), nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("detector", sa.String(length=60), nullable=False),
        sa.Column("detector_kind", sa.String(length=10), nullable=False),
        sa.Column("family", sa.String(length=30), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("certainty", sa.String(length=20), nullable=False),
        sa.Column("typology", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("case_key", sa.Text(), nullable=False),
        sa.Column("member_ids", sa.JSON(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("seen_en", sa.Text(), nullable=False),
        sa.Column("seen_zh", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=24), nullable=False),
        sa.Column("severity_order", sa.Integer(), nullable=False),
        sa.Column("pool_at_issue", sa.BigInteger(), nullable=False),
        sa.Column("account_at_issue", sa.BigInteger(), nullable=False),
        sa.Column("amount_at_issue", sa.BigInteger(), nullable=False),
        sa.Column("period_start", sa.String(length=10), nullable=False),
        sa.Column("period_end", sa.String(length=10), nullable=False),
        sa.Column("evidence_rows", sa.Integer(), nullable=False),
        sa.Column("evidence_digest", sa.String(length=16), nullable=False),
        sa.Column("district", sa.String(length=10), nullable=True),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("provider_kind", sa.String(length=20), nullable=True),
        sa.Column("legal_basis", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("counter_evidence", sa.JSON(), nullable=False),
        sa.Column("leaves_list_if", sa.JSON(), nullable=False),
        sa.Column("card_digest", sa.String(length=40), nullable=False),
        sa.Column("values_used", sa.JSON(), nullable=False),
        sa.Column("model_version", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("closed_reason_zh", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["card_digest"],
            ["card.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.run_id"],
        ),
        sa.PrimaryKeyConstraint("alert_id"),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index("alert_by_amount", ["amount_at_issue", "alert_id"], unique=False)
        batch_op.create_index("alert_by_detector", ["detector", "status"], unique=False)
        batch_op.create_index(
            "alert_by_filter",
            [
                "status",
                "queue",
                "certainty",
                "family",
                "detector",
                "severity",
                "district",
                "provider_kind",
                "provider_id",
                "change",
                "period_start",
                "period_end",
                "subject_kind",
                "subject_id",
                "severity_order",
                "rank",
                "amount_at_issue",
                "pool_at_issue",
                "account_at_issue",
                "alert_id",
                "title_en",
                "title_zh",
            ],
            unique=False,
        )
        batch_op.create_index("alert_by_provider", ["provider_id"], unique=False)
        batch_op.create_index("alert_by_rank", ["rank"], unique=False)
        batch_op.create_index("alert_by_score", ["score", "alert_id"], unique=False)
        batch_op.create_index("alert_by_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "assessability",
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("detector", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("rows_judged", sa.BigInteger(), nullable=False),
        sa.Column("rows_total", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "detector"),
    )
    op.create_table(
        "alert_event",
        sa.Column("event_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("status_before", sa.String(length=12), nullable=False),
        sa.Column("status_after", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"],
            ["alert.alert_id"],
        ),
        sa.PrimaryKeyConstraint("event_id"),
    )
    with op.batch_alter_table("alert_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_event_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("settlement_id", sa.String(length=80), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("settled_at", sa.String(length=20), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.Column("source_file", sa.Text(), nullable=False),
        sa.Column("source_row", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alert_id", "settlement_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shared_evidence",
        sa.Column("settlement_id", sa.String(length=80), nullable=False),
        sa.Column("alert_id", sa.String(length=40), nullable=False),
        sa.Column("pool", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.alert_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("settlement_id", "alert_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("shared_evidence")
    op.drop_table("evidence")
    with op.batch_alter_table("alert_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_event_alert_id"))

    op.drop_table("alert_event")
    op.drop_table("assessability")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index("alert_by_subject")
        batch_op.drop_index("alert_by_score")
        batch_op.drop_index("alert_by_rank")
        batch_op.drop_index("alert_by_provider")
        batch_op.drop_index("alert_by_filter")
        batch_op.drop_index("alert_by_detector")
        batch_op.drop_index("alert_by_amount")

    op.drop_table("alert")
    op.drop_table("state")
    op.drop_table("run")
    op.drop_table("reveal")
    op.drop_table("monthly_spend")
    op.drop_table("institution")
    op.drop_table("card")
