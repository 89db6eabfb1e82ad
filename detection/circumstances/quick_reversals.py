"""Settlements that were taken back in full within minutes, and whether the person was settled for again."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features.registry import Frame
from features.visits.settlements import is_reversal

PAIR = ("provider_id", "person_id")
NO_COUNTER_CARE = ("inpatient",)
"""Care that is settled at discharge, not at a counter."""


def counter_settlements(context: DetectorContext) -> Frame:
    """Settlements that could have been taken back at the counter: no reversals, no stays."""
    return context.assessable.settlements.filter(
        ~is_reversal(), ~nw.col("care_type").fill_null("").is_in(NO_COUNTER_CARE)
    ).select("settlement_id", *PAIR, "operator_id", "settled_day", "settled_minute", "total_amount")


def quick_reversals(settled: Frame, context: DetectorContext, within: int) -> Frame:
    """Those of the settlements that a single reversal took back in full within so many minutes.

    Columns: those of ``settled``, and undone_minute.
    """
    undone = context.assessable.settlements.filter(~nw.col("reverses_settlement_id").is_null()).select(
        nw.col("reverses_settlement_id").alias("settlement_id"),
        nw.col("settled_minute").alias("undone_minute"),
        nw.col("total_amount").alias("undone_amount"),
    )
    waited = nw.col("undone_minute") - nw.col("settled_minute")
    return (
        settled.join(undone, on="settlement_id", how="inner")
        .filter(nw.col("total_amount") + nw.col("undone_amount") == 0, waited >= 0, waited <= within)
        .drop("undone_amount")
    )


def with_resettled(loops: Frame, settled: Frame, within: int) -> Frame:
    """The loops with ``resettled``: whether the same person was settled for there again within so many minutes."""
    again = settled.select(*PAIR, "settled_day", again_minute=nw.col("settled_minute"))
    waited = nw.col("again_minute") - nw.col("settled_minute")
    corrected = (
        loops.select("settlement_id", *PAIR, "settled_day", "settled_minute")
        .join(again, on=[*PAIR, "settled_day"], how="inner")
        .filter(waited > 0, waited <= within)
        .select("settlement_id", resettled=nw.lit(1))
        .unique()
    )
    joined = loops.join(corrected, on="settlement_id", how="left")
    return joined.with_columns(resettled=~nw.col("resettled").is_null())
