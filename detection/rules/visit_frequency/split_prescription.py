"""One day's prescription settled as several, each just below a limit or all for the same amount (D18).

Evidence is a day on which one prescriber's care of one person was settled in such parts, where the prescriber does so
often. Care by several prescribers, of two kinds or on a herbal prescription is lawful and never put together, and
what was reversed does not count.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.money import FEN_PER_YUAN
from features.registry import Frame
from features.visits.settlements import count

_DAY = ["provider_id", "prescriber_id", "person_id", "service_day", "care_type"]
_CASE = ["provider_id", "prescriber_id"]
_KINDS = ("outpatient", "emergency", "chronic_outpatient", "pharmacy")


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Settlements of the days on which one prescriber's care of one person was split, where it happens often.

    Often means that a prescriber's parts are so many more than the visits that were split: one visit in five
    parts counts like two visits in three.

    Care of several prescribers, or of two kinds, is never put together. What was reversed does not count, so a
    settlement that replaces a mistaken one stands alone. Herbal prescriptions are left out: they are
    written on a sheet of their own.
    """
    many, extra = int(thresholds.latest("min_settlements")), int(thresholds.latest("min_extra"))
    several = _settled(context).filter(nw.len().over(*_DAY) >= many)
    without_herbs = several.join(_herbal(several, context), on="settlement_id", how="anti")
    split = (
        without_herbs.filter(nw.len().over(*_DAY) >= many)
        .with_columns(below=_below(thresholds), equal=_equal(thresholds))
        .filter(nw.col("below") | nw.col("equal"))
        .with_columns(
            cause=nw.when(nw.col("below")).then(nw.lit("below_limit")).otherwise(nw.lit("near_equal"))
        )
    )
    visits = split.select(_DAY).unique().group_by(*_CASE).agg(visits=count())
    parts = nw.len().over(*_CASE).cast(nw.Int64)
    repeated = split.join(visits, on=_CASE, how="inner").filter(parts - nw.col("visits") >= extra)
    return repeated.select(
        "settlement_id",
        *_CASE,
        "cause",
        nw.col("provider_id").alias("subject_id"),
        strength=nw.len().over(*_CASE).cast(nw.Float64),
    )


def _settled(context: DetectorContext) -> Frame:
    """Settlements with a prescriber that stand after reversals, of care that a prescription can split."""
    net = context.views["net_settlements"].select("settlement_id", nw.col("total_amount").alias("net"))
    return (
        context.assessable.settlements.filter(
            ~nw.col("prescriber_id").is_null(), nw.col("care_type").is_in(_KINDS), nw.col("total_amount") > 0
        )
        .select("settlement_id", *_DAY)
        .filter(nw.len().over(*_DAY) > 1)
        .join(net, on="settlement_id", how="inner")
    )


def _herbal(settled: Frame, context: DetectorContext) -> Frame:
    """Those of the settlements that hold a herbal prescription."""
    herbs = context.whole.charge_lines.filter(nw.col("item_kind") == "tcm").select("settlement_id")
    return settled.select("settlement_id").join(herbs, on="settlement_id", how="semi")


def _below(thresholds: StatisticalThresholds) -> nw.Expr:
    """Whether every settlement of the day lies between the two amounts."""
    least, limit = (int(thresholds.latest(name)) * FEN_PER_YUAN for name in ("near_limit", "limit"))
    return (nw.col("net").min().over(*_DAY) >= least) & (nw.col("net").max().over(*_DAY) < limit)


def _equal(thresholds: StatisticalThresholds) -> nw.Expr:
    """Whether the day's amounts differ by no more than a share of the largest."""
    least, most = nw.col("net").min().over(*_DAY), nw.col("net").max().over(*_DAY)
    return (most - least) * 100 <= most * int(thresholds.latest("alike_percent"))
