"""Alerts of a list by detector and by district, as reports print them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from detection.store.queries.filters import NO_DISTRICT, Filters, where
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.schema import Alert


@dataclass(frozen=True)
class Share:
    """One row of a table of alerts: what it is about, and the totals of the list with the same filters."""

    key: str
    totals: Totals


@dataclass(frozen=True)
class Cell:
    """Number of alerts of a detector in a district ("" where there is none)."""

    detector: str
    district: str
    alerts: int


def by_detector(reader: Reader, filters: Filters) -> list[Share]:
    """Totals by detector, in the order of their names."""
    names = _values(reader, Alert.detector, filters)
    return [Share(name, totals(reader, replace(filters, detector=name))) for name in names]


def by_district(reader: Reader, filters: Filters) -> list[Share]:
    """Totals by district, in the order of their codes; last those of alerts without one, under ""."""
    codes = _values(reader, Alert.district, filters)
    shares = [Share(code, totals(reader, replace(filters, district=code))) for code in codes]
    elsewhere = totals(reader, replace(filters, district=NO_DISTRICT))
    return [*shares, Share("", elsewhere)] if elsewhere.alerts else shares


def cells(reader: Reader, filters: Filters) -> list[Cell]:
    """Number of alerts by detector and district, sorted."""
    query = select(Alert.detector, Alert.district, func.count()).where(where(reader.directory, filters))
    counts = reader.session.execute(query.group_by(Alert.detector, Alert.district)).all()
    return sorted(
        (Cell(detector, district or "", alerts) for detector, district, alerts in counts),
        key=lambda cell: (cell.detector, cell.district),
    )


def _values(reader: Reader, column: Any, filters: Filters) -> list[str]:
    query = select(column).where(where(reader.directory, filters)).distinct()
    return sorted(value for value in reader.session.scalars(query) if value)
