"""What of a benefit year was used up before each settlement, as it stood on record."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame

COUNTED = ("in_scope_amount", "deductible_paid", "pool_paid", "other_fund_paid")
_YEAR = ("person_id", "benefit_year")
_ORDER = ("settled_at", "settlement_id")


def with_used_up(care: Frame, settlements: Frame) -> Frame:
    """Ordinary care with the sums of earlier rows of the same person and year, each ``<amount>_before``, in fen.

    Earlier is what was settled before, and among equals what has the smaller id. A reversal counts at its own moment,
    in the year of the settlement that it reverses: it gives back what that one had. A refund that names none counts in
    the year of its own day of service.

    Args:
        care: what the fund pays, as `ordinary_care` has it.
        settlements: all settlements, with the reversals of it.
    """
    undone = (
        settlements.filter(~nw.col("reverses_settlement_id").is_null())
        .select("settlement_id", "settled_at", *COUNTED, "reverses_settlement_id")
        .join(
            care.select(*_YEAR, nw.col("settlement_id").alias("reverses_settlement_id")),
            on="reverses_settlement_id",
            how="inner",
        )
    )
    counted = {name: nw.col(name).fill_null(0) for name in COUNTED}
    before = (
        (amount.cum_sum().over(*_YEAR, order_by=_ORDER) - amount).alias(f"{name}_before")
        for name, amount in counted.items()
    )
    return (
        nw.concat([care, undone], how="diagonal")
        .with_columns(*before)
        .filter(nw.col("reverses_settlement_id").is_null())
        .drop("reverses_settlement_id")
    )
