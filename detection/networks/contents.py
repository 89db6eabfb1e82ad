"""What the settlements of groups are for: the main item of each, and how much of it are goods."""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext

_STEP = 0.1
"""Without lines, amounts that differ by less than about a tenth count as alike."""


def contents(context: DetectorContext, rows: pl.DataFrame) -> pl.DataFrame:
    """Contents of settlements: settlement_id, content, goods and spent (fen; null without lines).

    The content is the item that cost most; where the data have no lines, the step of the amount.

    Args:
        context: the data set.
        rows: settlement_id, total_amount.
    """
    settled = rows.select("settlement_id", "total_amount").unique()
    by_amount = settled.select(
        "settlement_id",
        content=(pl.col("total_amount").clip(lower_bound=1).log() / _STEP).round().cast(pl.String),
        goods=pl.lit(None, pl.Int64),
        spent=pl.lit(None, pl.Int64),
    )
    if not context.whole.has("charge_lines"):
        return by_amount
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    amount = pl.col("amount").abs()
    return (
        lines.join(settled.lazy(), on="settlement_id", how="semi")
        .sort(amount, "item_code", descending=[True, False])
        .group_by("settlement_id")
        .agg(
            content=pl.col("item_code").first(),
            goods=amount.filter(pl.col("item_kind") != "service").sum(),
            spent=amount.sum(),
        )
        .collect()
    )
