"""Amounts of a benefit year that were used up before each settlement, as recorded."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.registry import Frame

COUNTED = ("in_scope_amount", "deductible_paid", "pool_paid", "other_fund_paid")
_REQUIRED = ("in_scope_amount", "deductible_paid", "pool_paid")
_YEAR = ("person_id", "benefit_year")
_ORDER = ("settled_at", "settlement_id")


def with_used_up(care: Frame, settlements: Frame) -> Frame:
    """Ordinary care that counts, with the sums of earlier rows of the same person and year: ``<amount>_before``, fen.

    Care that the fund covers counts. So does care that it does not cover but for which a deductible or a pooled payment
    was recorded. Rows are ordered by the time of settlement, then by id. A reversal counts at its own time, in the year
    of the settlement that it reverses, and gives back that settlement's amounts. A refund that names no settlement
    counts in the year of its own day of service.

    ``on_record`` is true where cost in scope, deductible and pooled payment of the row and of all earlier rows are
    recorded. Where it is false, the amounts used up are unknown.

    Args:
        care: rows of `ordinary_care`.
        settlements: all settlements, with their reversals.
    """
    used = (nw.col("deductible_paid") != 0).fill_null(value=False) | (nw.col("pool_paid") != 0)
    counting = care.filter(nw.col("covered").fill_null(value=False) | used.fill_null(value=False))
    reversals = (
        settlements.filter(~nw.col("reverses_settlement_id").is_null())
        .select("settlement_id", "settled_at", *COUNTED, "reverses_settlement_id")
        .join(
            counting.select(*_YEAR, nw.col("settlement_id").alias("reverses_settlement_id")),
            on="reverses_settlement_id",
            how="inner",
        )
    )
    counted = {name: nw.col(name).fill_null(0) for name in COUNTED}
    before = (
        (amount.cum_sum().over(*_YEAR, order_by=_ORDER) - amount).alias(f"{name}_before")
        for name, amount in counted.items()
    )
    lacking = nw.any_horizontal(*(nw.col(name).is_null() for name in _REQUIRED), ignore_nulls=False)
    so_far = lacking.cast(nw.Int64).cum_sum().over(*_YEAR, order_by=_ORDER)
    return (
        nw.concat([counting, reversals], how="diagonal")
        .with_columns(*before, on_record=so_far == 0)
        .filter(nw.col("reverses_settlement_id").is_null())
        .drop("reverses_settlement_id")
    )
