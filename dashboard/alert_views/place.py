"""Why an alert stands where it does in the list, in the reader's language."""

from __future__ import annotations

from dashboard.wording import language
from detection.language.reason_of_place import of_alert
from detection.store.queries.alerts import Row


def why_here(row: Row) -> str:
    """The reason of its place among the alerts of its grade."""
    return of_alert(row.kinds, row.expected_fen, row.money_kind, row.queue, language())
