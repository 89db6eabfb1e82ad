"""Bills that the pool paid although the deductible of the year was not used up.

The deductible is measured: it is the sum on which the yearly sums of many people stand. Where they stand on none, the
deductible is not one of a year, and nothing is skipped.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from detection.circumstances.paid_ratios import GROUP
from detection.detectors.cards import StatisticalThresholds
from features.money import FEN_PER_YUAN

_YEAR = ["person_id", "scheme", "year"]
_ORDER = [*_YEAR, "settled_at", "settlement_id"]


def open_bills(
    whole: pl.LazyFrame, standing: pl.LazyFrame, first: dt.date, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """Bills that the pool paid while a part of the deductible was open.

    Args:
        whole: rows of `detection.circumstances.paid_ratios.bills`; what was taken back opens the deductible again.
        standing: settlement_id of those that stand after reversals.
        first: first day of the data; a year that began before it is left out.
        thresholds: opening_days, deductible_percent, least_open.

    Returns:
        Rows of ``whole`` with ``due`` (fen, of the deductible) and ``skipped``: less than half of it was paid.
    """
    opening = first + dt.timedelta(days=-int(thresholds.latest("opening_days")))
    bills = whole.filter(pl.col("year") > opening.year).with_columns(pl.col("deductible_paid").fill_null(0))
    paid = pl.col("deductible_paid")
    before = paid.cum_sum().over(_YEAR) - paid
    due = pl.min_horizontal(pl.col("deductible") - pl.col("before"), "in_scope_amount").clip(lower_bound=0)
    return (
        bills.sort(_ORDER)
        .with_columns(before=before)
        .join(standing, on="settlement_id", how="semi")
        .join(_deductibles(bills, thresholds), on=GROUP, how="inner")
        .with_columns(due=due)
        .filter(pl.col("pool_paid") > 0, pl.col("due") >= int(thresholds.latest("least_open")) * FEN_PER_YUAN)
        .with_columns(skipped=paid * 2 < pl.col("due"))
        .collect(engine="streaming")
    )


def _deductibles(bills: pl.LazyFrame, thresholds: StatisticalThresholds) -> pl.LazyFrame:
    """The deductible of a year, by group: the yearly sum that most people have, if enough of them have it."""
    sums = (
        bills.group_by(*GROUP, "person_id")
        .agg(deductible=pl.col("deductible_paid").sum())
        .filter(pl.col("deductible") > 0)
    )
    counted = sums.group_by(*GROUP, "deductible").agg(people=pl.len())
    share = 100 * pl.col("people") / pl.col("people").sum().over(GROUP)
    return (
        counted.with_columns(percent=share)
        .sort("people", "deductible", descending=[True, False])
        .unique(GROUP, keep="first", maintain_order=True)
        .filter(pl.col("percent") >= float(thresholds.latest("deductible_percent")))
        .select(*GROUP, "deductible")
    )
