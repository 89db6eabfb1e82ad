"""What is odd about the accepted rows of each column, one sentence each: never an id, a name or a date of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from features.calendar import month_text
from features.contract import TABLES
from features.contract.vocabulary import COST_COLUMNS, PAYER_COLUMNS
from features.intake.checks.months import SETTLED, month_gaps
from features.intake.checks.rows import (
    BROKEN_COST,
    BROKEN_FUNDING,
    BROKEN_MUTUAL_AID,
    ENDS_BEFORE_START,
    OUT_OF_RANGE,
)
from features.intake.checks.tables import AGE_TOO_HIGH, BEFORE_BIRTH, LEDGER_BREAK, ORPHAN
from features.intake.manifest import BrokenJoin
from features.intake.tolerances import Tolerances

_SENTENCES: Mapping[str, str] = {
    ENDS_BEFORE_START: "{column}: {rows} rows end before they start; it is not known when they end",
    BROKEN_COST: "{column}: not the sum of " + ", ".join(COST_COLUMNS) + " in {rows} rows",
    BROKEN_FUNDING: "{column}: not the sum of " + ", ".join(PAYER_COLUMNS) + " in {rows} rows",
    BROKEN_MUTUAL_AID: "{column}: {rows} rows have an amount without mutual_aid_payer_id, or a payer without an amount",
    OUT_OF_RANGE: "{column}: {rows} values are out of range",
    BEFORE_BIRTH: "{column}: {rows} rows are of days before persons.birth_date",
    AGE_TOO_HIGH: "{column}: {rows} rows are of people too old by persons.birth_date",
    LEDGER_BREAK: "{column}: {rows} balances are not the balance before plus amount",
    ORPHAN: "{column}: {rows} rows name no row of {target}",
}
"""Flags of columns; other flags are printed elsewhere, or count refunds."""
_MONTHS_SHOWN = 6


def remarks(
    frames: Mapping[str, pl.LazyFrame],
    flags: pl.LazyFrame,
    filled: Mapping[str, Collection[str]],
    allowed: Tolerances,
    joins: Collection[BrokenJoin],
) -> Iterator[str]:
    """Sentences about flagged columns, columns without a value, tables without a row, and months.

    They are ordered by table, as the contract has them.

    Args:
        frames: accepted rows by table.
        flags: flags of the accepted rows.
        filled: columns with a value in some row, by table that has rows.
        allowed: tolerances.
        joins: broken joins, which have sentences of their own.
    """
    broken = {(join.table, join.column) for join in joins}
    by_table: dict[str, list[str]] = {name: [] for name in TABLES}
    counted = flags.group_by("table", "column", "flag").len().collect(engine="streaming")
    for table, column, flag, rows in counted.sort("table", "column", "flag").iter_rows():
        if flag in _SENTENCES and not (flag == ORPHAN and (table, column) in broken):
            target = TABLES[table].columns[column].refers or ""
            sentence = _SENTENCES[flag].format(column=f"{table}.{column}", rows=f"{rows:,}", target=target)
            by_table[table].append(sentence)
    for gap in month_gaps(frames, allowed):
        column = f"{gap.table}.{gap.column}"
        if gap.lacking:
            shown = ", ".join(month_text(month) for month in gap.lacking[:_MONTHS_SHOWN])
            between = "others have" if gap.column == SETTLED else "the claims cover"
            by_table[gap.table].append(
                f"{column}: {len(gap.lacking):,} months without a row, which {between}: {shown}"
            )
        if gap.after:
            by_table[gap.table].append(
                f"{column}: {gap.after:,} rows are of months after the last of the claims"
            )
    for table in frames:
        if table not in filled:
            by_table[table].append(f"{table}: no row is used; the table counts as absent")
    for table, columns in filled.items():
        empty = [
            name
            for name in frames[table].collect_schema()
            if name in TABLES[table].columns and name not in columns
        ]
        if empty:
            by_table[table].append(f"{table}: columns without any value: {', '.join(empty)}")
    for sentences in by_table.values():
        yield from sentences
