"""Two rows side by side: a payment and the other one, a sale and the other one, a settlement and its reversal."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.proof.drawing import Drawing, Pair, Row, own_time, place, text
from dashboard.wording import figures, t
from detection.store.queries.evidence import EvidenceRow

_MOST_PAIRS = 3


def pair(rows: Sequence[Row]) -> Drawing | None:
    """The first rows with another one that they are compared with."""
    pairs = [each for row in rows if isinstance(row, EvidenceRow) and (each := _pair(row)) is not None]
    return Drawing("pair", pairs=tuple(pairs[:_MOST_PAIRS])) if pairs else None


def _pair(row: EvidenceRow) -> Pair | None:
    number, person = t("column.settlement"), t("column.person")
    where, when, total = t("column.place"), t("column.settled_at"), t("column.total")
    own = figures().yuan(row.pool + row.account)
    amount = text(row, "total") or own
    if row.proof.get("other_settlement"):
        return Pair(
            (
                (number, row.settlement, text(row, "other_settlement")),
                (when, own_time(row), text(row, "other_at")),
                (where, place(row), text(row, "other_provider")),
                (total, amount, text(row, "other_amount")),
            )
        )
    if row.proof.get("sale_settlement"):
        return Pair(
            (
                (t("column.pack"), text(row, "pack"), text(row, "pack")),
                (number, row.settlement, text(row, "sale_settlement")),
                (when, own_time(row), text(row, "sale_at")),
                (where, place(row), text(row, "sale_provider")),
                (person, row.person, text(row, "sale_person")),
            )
        )
    if row.proof.get("reversal"):
        return Pair(
            (
                (number, row.settlement, text(row, "reversal")),
                (when, own_time(row), text(row, "reversed_at")),
                (total, amount, ""),  # that of the reversal is not stored with the evidence
            )
        )
    return None
