"""Alerts that cite payments of an account, whomever they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from detection.store.lifecycle import OPEN
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence

_AT_ONCE = 500  # values in one statement


@dataclass(frozen=True)
class Citation:
    """An alert that cites a payment, and by which cause of its card; ``open`` whether it still asks for attention."""

    alert_id: str
    cause: str
    open: bool


def citations(reader: Reader, settlements: Sequence[str]) -> dict[str, tuple[Citation, ...]]:
    """Who cites each settlement (by real id), the alert of the best rank first."""
    cited: dict[str, tuple[Citation, ...]] = {}
    for settlement, citation in _of(reader, settlements):
        cited[settlement] = (*cited.get(settlement, ()), citation)
    return cited


def _of(reader: Reader, settlements: Sequence[str]) -> Iterator[tuple[str, Citation]]:
    rows = [
        row
        for start in range(0, len(settlements), _AT_ONCE)
        for row in reader.session.execute(_query(settlements[start : start + _AT_ONCE]))
    ]
    # Sorted here: a database that is asked for this order reads all alerts by rank.
    for _, alert_id, cause, status, settlement in sorted(rows, key=tuple):
        yield settlement, Citation(alert_id, cause, status in OPEN)


def _query(ids: Sequence[str]) -> Select[int, str, str, str, str]:
    return (
        select(Alert.rank, Evidence.alert_id, Evidence.cause, Alert.status, Evidence.settlement_id)
        .join(Alert, Alert.alert_id == Evidence.alert_id)
        .where(Evidence.settlement_id.in_(ids))
    )
