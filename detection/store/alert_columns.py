"""Columns of an alert that lists and packets are read by, and which packet it belongs to."""

from __future__ import annotations

LIST_COLUMNS = (
    "status", "queue", "certainty", "family", "detector", "severity", "district", "provider_kind", "provider_id",
    "change", "period_start", "period_end", "subject_kind", "subject_id", "severity_order", "rank",
    "amount_at_issue", "pool_at_issue", "account_at_issue", "money_kind", "alert_id",
    "title_en", "title_zh",
)  # fmt: skip
"""Columns of an alert that lists filter, sort and sum: one index holds them all, so that no long row is read."""

PACKET_COLUMNS = (
    "queue", "packet_kind", "packet_subject", "status", "money_kind", "severity_order", "rank",
    "pool_at_issue", "account_at_issue", "district", "detector", "family", "subject_kind",
    "period_start", "period_end", "alert_id",
)  # fmt: skip
"""Columns that packets are counted and summed by: one index holds them all, so that no long row is read."""

_AT_INSTITUTION = "queue = 'institutions' AND provider_id IS NOT NULL"
PACKET_KIND = (
    f"CASE WHEN {_AT_INSTITUTION} THEN 'provider' WHEN subject_kind = 'payer_account' THEN 'person' "
    "ELSE subject_kind END"
)
"""The kind of the packet's subject; an account is its owner."""
PACKET_SUBJECT = (
    f"CASE WHEN {_AT_INSTITUTION} THEN provider_id WHEN subject_kind = 'group' THEN alert_id ELSE subject_id "
    "END"
)
"""The subject; a group, whose id follows its members, is named by its alert, whose id stays."""
