"""Settlements that were taken back in full, within minutes or later, and whether the person was settled for again."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features.registry import Frame
from features.visits.settlements import is_reversal

PAIR = ("provider_id", "person_id")
NO_COUNTER_CARE = ("inpatient",)
"""Care that is settled at discharge, not at a counter."""
_DAY = 24 * 60  # minutes


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


def late_reversals(
    settled: Frame, context: DetectorContext, *, later: int, days: int, replaced_days: int, alike: float
) -> Frame:
    """Those of the settlements that a single reversal took back in full when the visit was over, for good.

    Args:
        settled: from `counter_settlements`.
        context: the data.
        later: minutes until which it is a correction at the counter.
        days: until which it is about that visit.
        replaced_days: days within which a bill of about the same sum of the same person at the place replaces it.
        alike: difference of the sums, as a share, up to which they are about the same.

    Returns:
        Columns of ``settled``, and undone_minute and undone_day.
    """
    longest = days * _DAY
    undone = (
        quick_reversals(settled, context, longest)
        .filter(nw.col("undone_minute") - nw.col("settled_minute") > later)
        .with_columns(undone_day=(nw.col("undone_minute") // _DAY).cast(nw.Int32))
    )
    others = settled.select(*PAIR, "settled_minute", "total_amount", replacing="settlement_id").rename(
        {"settled_minute": "again_minute", "total_amount": "again_amount"}
    )
    close = (nw.col("again_amount") - nw.col("total_amount")).abs() <= alike * nw.col("total_amount")
    waited = nw.col("again_minute") - nw.col("undone_minute")
    replaced = (
        undone.join(others, on=list(PAIR), how="inner")
        .filter(
            nw.col("replacing") != nw.col("settlement_id"), close, waited >= 0, waited <= replaced_days * _DAY
        )
        .select("settlement_id")
        .unique()
    )
    return undone.join(replaced, on="settlement_id", how="anti")
