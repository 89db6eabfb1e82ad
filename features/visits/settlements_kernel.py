"""Settlements net of reversals, by code: the few that a reversal touches are joined, the ids are looked up."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from features.registry import kernel
from features.visits.settlements import MOMENT, MONEY, OTHERS, coded_settlements, is_reversal, kinds_of_care


@kernel(coded_settlements)
def coded_by_look_up(
    settlements: pl.LazyFrame, person_codes: pl.LazyFrame, provider_codes: pl.LazyFrame
) -> pl.LazyFrame:
    """`coded_settlements`, where only what a reversal names is joined with it.

    Args:
        settlements: the contract's table.
        person_codes: person, person_id; the codes are 0, 1, 2, ... in the ids' order.
        provider_codes: provider, provider_id; the same.
    """
    undone = _undone(settlements)
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
    touched = net["settlement_id"].is_in(undone["settlement_id"].implode())
    left = (
        net.filter(touched)
        .join(undone, on="settlement_id")
        .with_columns(pl.col(name) + pl.col(f"{name}_undone") for name in MONEY)
        .filter(pl.col("total_amount") > 0)
        .select(net.columns)
    )
    return pl.concat([net.filter(~touched), left]).drop("settlement_id").lazy()


def _undone(settlements: pl.LazyFrame) -> pl.DataFrame:
    return (
        settlements.filter(pl.col("reverses_settlement_id").is_not_null())
        .group_by(pl.col("reverses_settlement_id").alias("settlement_id"))
        .agg(pl.col(MONEY).fill_null(0).sum().name.suffix("_undone"))
        .collect()
    )


def _code(code: str, codes: pl.LazyFrame) -> pl.Expr:
    """The id as its place among the ids in order, which is its code."""
    ids = codes.sort(code).select(f"{code}_id").collect().to_series()
    return pl.col(f"{code}_id").cast(pl.Enum(ids)).to_physical().cast(pl.Int32).alias(code)
