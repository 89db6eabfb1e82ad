"""Alerts of earlier runs that this run cannot look for: a table, column or month that they rest on is not there.

An alert that is not raised again is closed because its evidence is gone. That holds only where the run looked: at the
cause, in the month, and at the rows of that person and provider.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import narwhals.stable.v2 as nw
import polars as pl

from detection.deliveries.coverage import Coverage
from detection.detectors.assessability import Reason, missing_for_cause
from detection.detectors.assessable_rows import row_filters
from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.subject_tables import RECORDS, SUBJECT_TABLES
from detection.language.text import Text
from detection.store.queries.reader import Reader
from detection.store.standing import standing_evidence
from features.calendar import EPOCH

_SETTLEMENTS = "settlements"


def unassessed(reader: Reader, context: DetectorContext, coverage: Coverage) -> dict[str, Text]:
    """Why standing alerts cannot be looked for, by alert; empty for those that can.

    Args:
        reader: the store before this run.
        context: the data of this run.
        coverage: months of each table of this run.
    """
    reasons: dict[str, list[Reason]] = {}
    lost = _lost_tables(reader, coverage)
    standing = standing_evidence(reader)
    settlements = _cited(standing, context)
    for (detector, cause), rows in sorted(standing.group_by("detector", "cause")):
        known = catalogue().get(str(detector))
        if known is None or str(cause) not in known.card.causes:
            continue
        card, ids = known.card, rows["alert_id"].unique().sort()
        for name in sorted(lost & _tables_of(card)):
            lacking = (f"{name} is not in the data any more", f"数据中已无数据表 {name}")
            for alert_id in ids:
                reasons.setdefault(alert_id, []).append(lacking)
        for alert_id, reason in _of_cause(card, str(cause), rows, context, coverage, settlements):
            reasons.setdefault(alert_id, []).append(reason)
    return {alert_id: _text(of_alert) for alert_id, of_alert in reasons.items()}


def _lost_tables(reader: Reader, coverage: Coverage) -> frozenset[str]:
    """Tables with rows in the last run that this run does not have."""
    before = reader.manifest.coverage if reader.run else None
    had = {name for name, table in before.tables.items() if table.rows} if before else set()
    return frozenset(had - {name for name, table in coverage.tables.items() if table.rows})


def _tables_of(card: Card) -> set[str]:
    """Tables that any cause of a card reads: one cause may explain what another shows."""
    return {
        card.subject_table,
        *card.needs,
        *(name for cause in card.causes.values() for name in cause.needs),
    }


def _text(reasons: Sequence[Reason]) -> Text:
    en, zh = zip(*dict.fromkeys(reasons), strict=True)
    return Text("; ".join(en), "；".join(zh))


def _cited(standing: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """The settlements that evidence cites and that are there, read once: the columns that row filters look at."""
    table = SUBJECT_TABLES[_SETTLEMENTS]
    looked_at = [name for name in (table.day, table.person, table.provider, table.account) if name]
    settlements: pl.LazyFrame = context.whole.settlements.select("settlement_id", *looked_at).to_native()
    cited = context.whole.in_codes(standing.select(settlement_id="record_id").unique())
    there = settlements.join(cited.lazy(), on="settlement_id", how="semi").collect(engine="streaming")
    return context.whole.in_text(there, "settlement_id")


def _of_cause(
    card: Card,
    cause: str,
    rows: pl.DataFrame,
    context: DetectorContext,
    coverage: Coverage,
    settlements: pl.DataFrame,
) -> Iterator[tuple[str, Reason]]:
    """Alerts of one cause that cannot be looked for, each with a reason."""
    missing = list(missing_for_cause(card, cause, context))
    if missing:
        yield from ((alert_id, reason) for alert_id in rows["alert_id"].unique().sort() for reason in missing)
        return
    yield from _lacking_months(card, cause, rows, coverage)
    yield from _filtered(card, cause, rows, context, settlements)


def _lacking_months(
    card: Card, cause: str, rows: pl.DataFrame, coverage: Coverage
) -> Iterator[tuple[str, Reason]]:
    """Alerts with evidence of a month of which a table of their cause has no row any more."""
    needed = {card.subject_table, *card.needs, *card.causes[cause].needs}
    evidence = rows.with_columns(month=pl.col("record_day").dt.strftime("%Y-%m"))
    months: Mapping[str, Mapping[str, int]] = {
        name: coverage.tables[name].months for name in sorted(needed) if name in coverage.tables
    }
    for alert_id, month in (
        evidence.select("alert_id", "month").unique().sort("alert_id", "month").iter_rows()
    ):
        for name, of_table in months.items():
            if of_table and month not in of_table:
                yield alert_id, (f"{name} has no row of {month}", f"数据表 {name} 缺少 {month} 的记录")


def _filtered(
    card: Card, cause: str, rows: pl.DataFrame, context: DetectorContext, settlements: pl.DataFrame
) -> Iterator[tuple[str, Reason]]:
    """Alerts with evidence that is there and that a broken link, or the policy, leaves without an answer."""
    if card.evidence == "records":
        table = RECORDS
        present = context.whole.in_codes(rows).with_columns(
            (pl.col("record_day") - EPOCH).dt.total_days().cast(pl.Int32).alias("record_day")
        )
    else:
        table = SUBJECT_TABLES[_SETTLEMENTS]
        present = settlements.join(rows.select("alert_id", settlement_id="record_id"), on="settlement_id")
    for each in row_filters(card, context, table, cause):
        left = nw.from_native(present).filter(~each.passes).to_native()
        if left.is_empty():
            continue
        counted = left.group_by("alert_id").len().sort("alert_id")
        for alert_id, n in counted.iter_rows():
            yield (
                alert_id,
                (each.en.format(n=f"{n:,}", of=each.of), each.zh.format(n=f"{n:,}", of=each.of_zh)),
            )
