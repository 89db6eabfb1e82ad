"""Counts of two deliveries, added up for the manifest of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from features.intake.manifest import MoneyCounts, QuarantineCount, RefundCounts, RowCounts, TableRecord


def outcomes(known: Sequence[RowCounts | MoneyCounts], accepted: int) -> dict[str, int]:
    """Rows, or fen, by outcome; an accepted row that another delivery replaced is excluded."""
    before = sum(counts.accepted for counts in known)
    return {
        "read": sum(counts.read for counts in known),
        "accepted": accepted,
        "quarantined": sum(counts.quarantined for counts in known),
        "excluded": sum(counts.excluded for counts in known) + before - accepted,
    }


def summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Counts by name, added up."""
    total = Counter[str]()
    for each in counts:
        total.update(each)
    return dict(total)


def quarantined(known: Sequence[TableRecord]) -> tuple[QuarantineCount, ...]:
    """Quarantined rows by reason and column, added up."""
    total = Counter[tuple[str, str]]()
    for record in known:
        total.update({(each.reason, each.column): each.rows for each in record.quarantined_by_column})
    return tuple(
        QuarantineCount(reason=reason, column=column, rows=rows)
        for (reason, column), rows in sorted(total.items())
    )


def refunds(earlier: RefundCounts | None, added: RefundCounts | None) -> RefundCounts | None:
    """Counts of refunds of both, or of the only one that has them."""
    if earlier is None or added is None:
        return earlier or added
    return RefundCounts(
        **{name: getattr(earlier, name) + getattr(added, name) for name in RefundCounts.model_fields}
    )
