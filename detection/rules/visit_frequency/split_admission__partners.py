"""One illness is treated in stays that go back and forth between two hospitals (D24).

Null and exposure: `detection.circumstances.in_hospital.passed_on`. Rivals: a course of treatment is left out; another
illness is another stay; a referral, and rehabilitation after it, goes one way: only pairs that pass patients in both
directions count; a hospital to which everybody of the division goes is expected to take patients over.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.in_hospital.passed_on import PAIR, discharges, partners
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from features.registry import Frame
from models.evidence.unit import ALERT

_PERCENT = 100


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The stays that follow elsewhere so soon, of pairs that pass patients to each other; one case per pair.

    The case is about the hospital that took more of the patients over, and names the other as ``partner_id``.
    """
    left, pairs = _measured(context, thresholds)
    least, percent = (int(thresholds.latest(name)) for name in ("min_moves", "back_percent"))
    both_ways = pl.col("back") * _PERCENT >= pl.col("moves") * percent
    cases = pairs.filter(pl.col("value") >= ALERT, pl.col("moves") >= least, both_ways)
    a, b = pl.col("provider_id"), pl.col("next_provider")
    moved = (
        left.filter("moved")
        .with_columns(hospital_a=pl.min_horizontal(a, b), hospital_b=pl.max_horizontal(a, b))
        .join(cases, on=PAIR)
    )
    at_a = (pl.col("next_provider") == pl.col("hospital_a")).mean().over(PAIR) >= 1 / 2
    about = pl.when(at_a).then("hospital_a").otherwise("hospital_b")
    other = pl.when(at_a).then("hospital_b").otherwise("hospital_a")
    at_once = pl.col("gap") <= int(thresholds.latest("next_day"))
    return nw.from_native(
        moved.with_columns(about=about, other=other)
        .explode("next_bills")
        .lazy()
        .select(
            settlement_id="next_bills",
            subject_id="about",
            provider_id="about",
            partner_id="other",
            strength="value",
            cause=pl.when(at_once).then(pl.lit("next_day")).otherwise(pl.lit("within_days")),
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of both hospitals of every pair that passes patients both ways."""
    _, pairs = _measured(context, thresholds)
    mutual = pairs.filter(pl.col("back") > 0).lazy()
    return nw.from_native(
        pl.concat(
            mutual.select(
                "value",
                "expected",
                subject_kind=pl.lit("provider"),
                subject_id=side,
                observed=pl.col("moves").cast(pl.Float64),
            )
            for side in PAIR
        )
    )


@remembered
def _measured(
    context: DetectorContext, thresholds: StatisticalThresholds
) -> tuple[pl.DataFrame, pl.DataFrame]:
    left = discharges(context, int(thresholds.latest("within_days")))
    return left, partners(left)
