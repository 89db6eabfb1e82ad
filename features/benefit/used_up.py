"""What of a benefit year was used up before each settlement, as it stood on record."""

from __future__ import annotations

import narwhals as nw

from features.registry import Frame

COUNTED = ("in_scope_amount", "deductible_paid", "pool_paid", "other_fund_paid")
_NEEDED = ("in_scope_amount", "deductible_paid", "pool_paid")
_YEAR = ("person_id", "benefit_year")
_ORDER = ("settled_at", "settlement_id")


def with_used_up(care: Frame, settlements: Frame) -> Frame:
    """Ordinary care that counts, with the sums of earlier rows of the same person and year: ``<amount>_before``, fen.

    What the fund pays counts, and so does what it does not pay where that drew on the benefit all the same: it
    recorded a deductible or a pooled payment. Earlier is what was settled before, and among equals what has the smaller
    id. A reversal counts at its own moment, in the year of the settlement that it reverses: it gives back what that one
    had. A refund that names none counts in the year of its own day of service.

    ``on_record`` says whether cost in scope, deductible and pooled payment of the row and of all earlier ones are
    there: where they are not, nobody knows what was used up.

    Args:
        care: as `ordinary_care` has it.
        settlements: all settlements, with the reversals of it.
    """
    drew = (nw.col("deductible_paid") != 0).fill_null(value=False) | (nw.col("pool_paid") != 0)
    counting = care.filter(nw.col("covered").fill_null(value=False) | drew.fill_null(value=False))
    undone = (
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
    lacking = nw.any_horizontal(*(nw.col(name).is_null() for name in _NEEDED), ignore_nulls=False)
    so_far = lacking.cast(nw.Int64).cum_sum().over(*_YEAR, order_by=_ORDER)
    return (
        nw.concat([counting, undone], how="diagonal")
        .with_columns(*before, on_record=so_far == 0)
        .filter(nw.col("reverses_settlement_id").is_null())
        .drop("reverses_settlement_id")
    )
