"""The rows of evidence whose columns are wanted, as frames that the themes join with the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.context import DetectorContext

MOST_ROWS = 2_000
"""Rows of one alert that get columns, the first by time: more than a reader looks through."""

_SETTLED = ("alert_id", "settlement_id", "person_id", "provider_id", "cause", "pool")
_RECORDED = ("alert_id", "record_table", "record_id", "person_id", "cause", "account")


@dataclass(frozen=True)
class EvidenceRows:
    """Rows of evidence of the alerts of some cards.

    Attributes:
        context: all data of the run; ids may be codes, those of the rows are texts.
        rows: row (a number over all alerts), alert_id, person_id, cause; of settlements settlement_id,
            provider_id and pool; of records record_table, record_id and account (fen at issue).
        part_of: rows that these are some of; their settlements and lines are read once for all parts.
    """

    context: DetectorContext
    rows: pl.DataFrame
    part_of: EvidenceRows | None = None

    def of_alerts(self, alerts: Iterable[str]) -> EvidenceRows:
        """The same, of some alerts."""
        return EvidenceRows(self.context, self.rows.filter(pl.col("alert_id").is_in(list(alerts))), self)

    @cached_property
    def settled(self) -> pl.DataFrame:
        """The rows with all columns of their settlements (those that the source lacks are null)."""
        return self.rows.join(self.settlements, on="settlement_id", suffix="_of_settlement")

    @cached_property
    def settlements(self) -> pl.DataFrame:
        """The settlements of the rows, each once."""
        if self.part_of is None:
            return self.matching(self.table("settlements"), self.rows, "settlement_id")
        return self.part_of.settlements.join(self.rows, on="settlement_id", how="semi")

    @cached_property
    def lines(self) -> pl.DataFrame:
        """The charge lines of the settlements of the rows, each once."""
        if self.part_of is None:
            return self.matching(self.table("charge_lines"), self.rows, "settlement_id")
        return self.part_of.lines.join(self.rows, on="settlement_id", how="semi")

    def of_people(self, columns: Sequence[str]) -> pl.DataFrame:
        """All settlements of the people of the rows."""
        return self.matching(self.table("settlements").select(columns), self.rows, "person_id")

    def table(self, name: str) -> pl.LazyFrame:
        """A table of the contract with all of its rows, ids as the data set has them."""
        native: pl.LazyFrame = self.context.whole.frame(name).to_native()
        return native

    def standing(self, bills: pl.DataFrame) -> pl.DataFrame:
        """Those of some settlements that stand after reversals."""
        net: pl.LazyFrame = self.context.views["net_settlements"].select("settlement_id").to_native()
        return bills.join(self.matching(net, bills, "settlement_id"), on="settlement_id", how="semi")

    def matching(self, table: pl.LazyFrame, rows: pl.DataFrame, key: str) -> pl.DataFrame:
        """Rows of a table whose key is among those of the evidence: few of many, so the table is never all in memory.

        Args:
            table: of the data set, ids as it has them.
            rows: with the key as text.
            key: column of both.

        Returns:
            The rows, ids as texts.
        """
        whole = self.context.whole
        wanted = whole.in_codes(rows.select(key).drop_nulls().unique()).lazy()
        cited = table.join(wanted, on=key, how="semi").collect(engine="streaming")
        return whole.in_text(cited, *cited.columns)


def settled_rows(drafts: Iterable[AlertDraft]) -> pl.DataFrame:
    """The settlements of the alerts, at most `MOST_ROWS` of each alert."""
    order = ["settled_at", "settlement_id"]
    return _numbered([_first(draft, draft.evidence, order).select(_SETTLED) for draft in drafts])


def recorded_rows(drafts: Iterable[AlertDraft]) -> pl.DataFrame:
    """The records of the alerts, at most `MOST_ROWS` of each alert."""
    order = ["record_day", "record_table", "record_id"]
    return _numbered([_first(draft, draft.records, order).select(_RECORDED) for draft in drafts])


def _first(draft: AlertDraft, rows: pl.DataFrame, order: list[str]) -> pl.DataFrame:
    return rows.sort(order).head(MOST_ROWS).with_columns(alert_id=pl.lit(draft.alert_id))


def _numbered(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts).with_row_index("row")


def day_text(day: str) -> pl.Expr:
    """A day number as ISO text."""
    return pl.col(day).cast(pl.Int32).cast(pl.Date).cast(pl.String)


def moment_text(stem: str) -> pl.Expr:
    """A time of a table as ISO text, the day alone where it is not known to the minute.

    Args:
        stem: of the columns, such as ``settled`` of ``settled_at`` and ``settled_minute``.
    """
    at = pl.col(f"{stem}_at")
    exact = at.dt.strftime("%Y-%m-%d %H:%M:%S")
    return pl.when(pl.col(f"{stem}_minute").is_not_null()).then(exact).otherwise(at.dt.strftime("%Y-%m-%d"))
