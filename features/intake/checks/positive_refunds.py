"""Refunds that an export writes with a positive sign: rows that name the settlement that they take back.

Such a row is a refund whatever its sign. With the amounts of its original, its signs are turned. With other amounts,
or without its original in the data, it is unknown what it takes back: it is set aside, and nothing is added twice.
A row that names an original which a negative row already takes back is a new settlement, and is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.contract.vocabulary import PAYER_COLUMNS
from features.intake.checks.duplicates import ROW_KEY

OTHER_AMOUNTS = "refund with other amounts than its original"
NO_SUCH_ORIGINAL = "refund with positive amounts, its original not in the data"
REVERSES, SETTLEMENT, _TOTAL = "reverses_settlement_id", "settlement_id", "total_amount"
_COMPARED = (_TOTAL, *(name for name in PAYER_COLUMNS if name != "provider_borne"))
_ORIGINAL = "\0original "
_BALANCES = ("account_balance_after",)
"""Money that a refund states as it is after it: there is no sign to turn."""


@dataclass(frozen=True)
class PositiveRefunds:
    """Refunds with a positive sign.

    Attributes:
        turned: `ROW_KEY` and ``settlement_id`` of those whose signs are to be turned.
        aside: `ROW_KEY`, ``settlement_id``, ``reverses_settlement_id``, the money columns and ``reason`` of those that
            are set aside.
    """

    turned: pl.DataFrame
    aside: pl.DataFrame


def positive_refunds(parts: Sequence[Path], columns: Sequence[str], money: Sequence[str]) -> PositiveRefunds:
    """The positive rows of the accepted settlements that name an original.

    Memory: these rows, and the settlements that they name.

    Args:
        parts: the accepted settlements.
        columns: contract columns that they have.
        money: money columns among them.
    """
    rows = pl.scan_parquet(list(parts))
    if REVERSES not in columns:
        empty = rows.head(0).select(*ROW_KEY, SETTLEMENT, *money).collect()
        return PositiveRefunds(empty.select(*ROW_KEY, SETTLEMENT), empty.with_columns(reason=pl.lit("")))
    naming = pl.col(REVERSES).is_not_null() & (pl.col(REVERSES) != pl.col(SETTLEMENT))
    negative = rows.filter(naming, pl.col(_TOTAL) < 0).select(pl.col(REVERSES)).unique().collect()
    positive = (
        rows.filter(naming, pl.col(_TOTAL) > 0)
        .select(*ROW_KEY, SETTLEMENT, REVERSES, *money)
        .join(negative.lazy(), on=REVERSES, how="anti")
        .collect()
    )
    compared = [name for name in _COMPARED if name in columns]
    named = positive.select(pl.col(REVERSES).alias(SETTLEMENT)).unique().lazy()
    originals = (
        rows.join(named, on=SETTLEMENT, how="semi")
        .select(
            pl.col(SETTLEMENT).alias(REVERSES), *(pl.col(name).alias(_ORIGINAL + name) for name in compared)
        )
        .collect()
    )
    known = positive.join(originals, on=REVERSES, how="left").sort(ROW_KEY)
    agrees = pl.all_horizontal(pl.col(name).eq_missing(pl.col(_ORIGINAL + name)) for name in compared)
    in_data = pl.col(_ORIGINAL + _TOTAL).is_not_null()
    # Of several rows with the amounts of one original, the first takes it back.
    first = pl.int_range(pl.len()).over(REVERSES) == 0
    reason = (
        pl.when(~in_data).then(pl.lit(NO_SUCH_ORIGINAL)).when(~(agrees & first)).then(pl.lit(OTHER_AMOUNTS))
    )
    with_reason = known.with_columns(reason=reason)
    return PositiveRefunds(
        with_reason.filter(pl.col("reason").is_null()).select(*ROW_KEY, SETTLEMENT),
        with_reason.filter(pl.col("reason").is_not_null()).select(
            *ROW_KEY, SETTLEMENT, REVERSES, *money, "reason"
        ),
    )


def turn_signs(parts: Sequence[Path], ids: pl.Series, money: Sequence[str]) -> dict[str, int]:
    """Turn the positive amounts and quantities of the rows of some settlements in a table's parts.

    Args:
        parts: accepted settlements or charge lines.
        ids: settlements.
        money: the table's money columns; the first of them tells the sign of a row.

    Returns:
        What was added to the sum of each money column, in fen.
    """
    flows = [name for name in money if name not in _BALANCES]
    changed = dict.fromkeys(flows, 0)
    if ids.is_empty():
        return changed
    here = pl.col(SETTLEMENT).is_in(ids.implode()) & (pl.col(flows[0]) > 0)
    for part in parts:
        rows = pl.read_parquet(part)
        chosen = rows.filter(here)
        if chosen.is_empty():
            continue
        for name in flows:
            changed[name] -= 2 * int(chosen[name].sum())
        sign = pl.when(here).then(-1).otherwise(1)
        turned = [name for name in (*flows, "quantity") if name in rows.columns]
        rows.with_columns((pl.col(name) * sign).alias(name) for name in turned).write_parquet(part)
    return changed
