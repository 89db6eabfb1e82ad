"""Settlements net of reversals, by code: only reversed settlements are joined, and ids are looked up."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from features.ids.codes import CODE
from features.registry import kernel
from features.visits.groups import grouped
from features.visits.settlements import MOMENT, MONEY, OTHERS, coded_settlements, is_reversal, kinds_of_care


@kernel(coded_settlements)
def coded_by_lookup(
    settlements: pl.LazyFrame, person_codes: pl.LazyFrame, provider_codes: pl.LazyFrame
) -> pl.LazyFrame:
    """`coded_settlements`, by person, day and provider; only settlements that a reversal names are joined with it.

    Args:
        settlements: the contract's table.
        person_codes: person, person_id; the codes are 0, 1, 2, ... in the ids' order.
        provider_codes: provider, provider_id; the same.
    """
    reversed_amounts = _reversed_amounts(settlements)
    made: pl.LazyFrame = (
        nw.from_native(settlements).filter(~is_reversal()).with_columns(*kinds_of_care()).to_native()
    )
    net = made.select(
        "settlement_id",
        _code("person", person_codes),
        _code("provider", provider_codes),
        *MOMENT,
        "purchase",
        "scheduled",
        *OTHERS,
        pl.col(MONEY).fill_null(0),
    ).collect()
    is_reversed = net["settlement_id"].is_in(reversed_amounts["settlement_id"].implode())
    remaining = (
        net.filter(is_reversed)
        .join(reversed_amounts, on="settlement_id")
        .with_columns(pl.col(name) + pl.col(f"{name}_undone") for name in MONEY)
        .filter(pl.col("total_amount") > 0)
        .select(net.columns)
    )
    counted = pl.concat([net.filter(~is_reversed), remaining]).drop("settlement_id").rechunk()
    order = grouped(counted["person"], counted["settled_day"], counted["provider"]).order
    return (counted if order is None else counted[order]).lazy()


def _reversed_amounts(settlements: pl.LazyFrame) -> pl.DataFrame:
    return (
        settlements.filter(pl.col("reverses_settlement_id").is_not_null())
        .group_by(pl.col("reverses_settlement_id").alias("settlement_id"))
        .agg(pl.col(MONEY).fill_null(0).sum().name.suffix("_undone"))
        .collect()
    )


def _code(code: str, codes: pl.LazyFrame) -> pl.Expr:
    """The code of an id: its position among the ids in order."""
    ids = codes.sort(code).select(f"{code}_id").collect().to_series()
    if ids.dtype != CODE:
        return pl.col(f"{code}_id").cast(pl.Enum(ids)).to_physical().cast(pl.Int32).alias(code)
    places = pl.int_range(len(ids), dtype=pl.Int32, eager=True)
    return pl.col(f"{code}_id").replace_strict(ids, places, default=None, return_dtype=pl.Int32).alias(code)
