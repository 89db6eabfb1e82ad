"""Values of the evidence columns of alerts that are written by hand, one for each column that a card names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from detection.detectors.cards import Card
from detection.proof.columns import ColumnKind, EvidenceColumn, columns_of


def proof_of(card: Card, k: int, day: dt.date) -> dict[str, Any]:
    """The kth row's values of all columns that the card's table has."""
    return {column.name: _value(column, k, day) for column in columns_of(card)}


def _value(column: EvidenceColumn, k: int, day: dt.date) -> Any:
    if column.kind == "code":
        return sorted(column.codes)[k % len(column.codes)]
    if column.kind == "day":
        return (day - dt.timedelta(days=3 if column.name.endswith(("from", "admitted")) else -2)).isoformat()
    return _PLAIN[column.kind](k, day)


_PLAIN: dict[ColumnKind, Any] = {
    "days": lambda k, day: [day.isoformat(), (day + dt.timedelta(days=1 + k)).isoformat()],
    "moment": lambda k, day: f"{day.isoformat()} {9 + k % 8:02d}:{(k * 7) % 60:02d}:00",
    "month": lambda k, day: f"{day:%Y-%m}",
    "person": lambda k, day: f"relative-{k % 3}",
    "payer_account": lambda k, day: "payer-1",
    "provider": lambda k, day: f"prov-{(k + 1) % 12:03d}",
    "prescriber": lambda k, day: f"doctor-{k % 2}",
    "operator": lambda k, day: "operator-1",
    "settlement": lambda k, day: f"other-settlement-{k:02d}",
    "record": lambda k, day: f"number-{k:02d}",
    "items": lambda k, day: [["Vitamin tea", 2_000 + k], ["Bandage", 900]],
    "amount": lambda k, day: 10_000 + 100 * k,
    "count": lambda k, day: 5 + k,
    "km": lambda k, day: 12.3,
    "text": lambda k, day: f"I{10 + k % 3}",
    "point": lambda k, day: [32.0 + k % 2 / 10, 120.8 + k % 3 / 10],
}
