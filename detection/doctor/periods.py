"""Which months each table covers, against those of the claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from features.calendar import MONTHS_PER_YEAR
from features.contract import TABLES, Kind, stem
from features.tables import Tables

_DAYS: Mapping[str, str] = {
    "settlements": "settled_at",
    "account_entries": "posted_at",
    "contributions": "accrual_month",
    "drug_trace_scans": "scanned_at",
    "enrolments": "start_date",
    "family_authorizations": "valid_from",
    "provider_status": "from",
    "programme_registrations": "from",
    "registered_contexts": "from",
}
"""Column with the day of a row; a list of people, providers or items has none."""
_EVENTS = ("settlements", "account_entries", "contributions", "drug_trace_scans")
"""Tables of events, which should cover the months of the claims. The others have intervals, which may begin before."""
_ENDS = 0.001
"""Share of the rows at either end whose months say nothing about the table: single typing errors."""


@dataclass(frozen=True)
class TablePeriod:
    """The months of one table.

    Attributes:
        table: its name.
        rows: its accepted rows.
        first, last: first and last month (year * 12 + month - 1), without one row in a thousand at either end; None
            for a table without days.
        events: whether it is a table of events.
        starts_late, ends_early: months of the claims before its first and after its last month; zero for intervals
            that begin earlier.
    """

    table: str
    rows: int
    first: int | None = None
    last: int | None = None
    events: bool = False
    starts_late: int = 0
    ends_early: int = 0

    @property
    def as_claims(self) -> bool:
        """Whether nothing is to be said about it: a list, or events of all months of the claims."""
        if self.first is None:
            return bool(self.rows)
        return self.events and self.table != "settlements" and not self.starts_late and not self.ends_early


def periods(tables: Tables) -> list[TablePeriod]:
    """The months of every table that the data have, in the contract's order."""
    claims = _of_table(tables, "settlements", None)
    others = [_of_table(tables, name, claims) for name in tables.columns if name != "settlements"]
    return [claims, *others]


def _of_table(tables: Tables, name: str, claims: TablePeriod | None) -> TablePeriod:
    frame: pl.LazyFrame = tables.frame(name).to_native()
    column = _DAYS.get(name)
    if column is None or not tables.has(name, column):
        return TablePeriod(name, int(frame.select(pl.len()).collect().item()))
    month = pl.col("month")
    months = frame.select(month=_month(name, column))
    figures = months.select(
        rows=pl.len(),
        first=month.quantile(_ENDS, interpolation="lower"),
        last=month.quantile(1 - _ENDS, interpolation="higher"),
    ).collect(engine="streaming")
    rows, first, last = figures.row(0)
    if first is None or last is None:
        return TablePeriod(name, rows)
    own = TablePeriod(name, rows, int(first), int(last), events=name in _EVENTS)
    if claims is None or claims.first is None or claims.last is None:
        return own
    late = max(int(first) - claims.first, 0)
    early = max(claims.last - int(last), 0) if name in _EVENTS else 0
    return TablePeriod(name, rows, int(first), int(last), name in _EVENTS, late, early)


def _month(table: str, column: str) -> pl.Expr:
    if TABLES[table].columns[column].kind is Kind.MONTH:
        return pl.col(f"{stem(column)}_index").cast(pl.Int64)
    day = pl.col(f"{stem(column)}_day").cast(pl.Int32).cast(pl.Date)
    return day.dt.year().cast(pl.Int64) * MONTHS_PER_YEAR + day.dt.month().cast(pl.Int64) - 1
