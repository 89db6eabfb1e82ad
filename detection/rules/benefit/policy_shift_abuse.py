"""A provider whose patients suddenly pay much more, or much less, of the cost themselves (D38).

Null: the share outside the insurance scatters around the provider's own past and the trend of its kind of provider;
Student's t with the provider's own scatter and its peers' changes. Exposure: months with bills enough; each month at
which a step may lie counts as a look. Rivals: a change of the catalog changes all peers, and is the trend; a new
service or a ward that closed changes a provider for good, and is named as an explanation.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.bills.self_pay import monthly_shares, steps
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from models.evidence.unit import ALERT

_BASIS_POINTS = 10_000


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills after the step; at issue is the part of the money by which the share moved."""
    points = float(thresholds.latest("min_points")) / 100
    cases = _steps(context, thresholds).filter(pl.col("value") >= ALERT, pl.col("change").abs() >= points)
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    moved = (pl.col("change").abs() * _BASIS_POINTS).round().cast(pl.Int64)
    rose = pl.col("change") > 0
    own = pl.col("account_paid") + pl.col("mutual_aid_paid")
    return nw.from_native(
        net.join(cases.lazy(), on="provider_id", how="inner")
        .filter(pl.col("settled_month") >= pl.col("month"), pl.col("care_type") != "inpatient")
        .select(
            "settlement_id",
            "provider_id",
            subject_id="provider_id",
            strength="value",
            cause=pl.when(rose).then(pl.lit("more_self_paid")).otherwise(pl.lit("less_self_paid")),
            pool=pl.when(rose).then(0).otherwise(pl.col("pool_paid") * moved // _BASIS_POINTS),
            account=pl.when(rose).then(own * moved // _BASIS_POINTS).otherwise(0),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with a step; observed is the change of the share, of which none is expected."""
    return nw.from_native(
        _steps(context, thresholds)
        .lazy()
        .filter(pl.col("value") > 0)
        .select(
            "value",
            subject_kind=pl.lit("provider"),
            subject_id="provider_id",
            observed="change",
            expected=pl.lit(0.0),
        )
    )


@remembered
def _steps(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    return steps(monthly_shares(context, int(thresholds.latest("min_bills"))))
