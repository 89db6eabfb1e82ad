"""Settlements at hours at which nobody works, or before their prescription was written (D12).

Null: both happen as often as at all the other providers, by late uploads and by clocks that differ; gamma-Poisson with
the peers' spread. Exposure: settlements of known minute; prescribed sales whose two times are known.
Rivals: a place that is open at night is so on most days, and its own past says so; emergencies are left out; a
prescription that is written a little later is entered late.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import about_providers, by_kind
from features.contract.vocabulary import EMERGENCY, INPATIENT
from features.registry import Frame
from features.visits.settlements import is_reversal
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_MINUTES, _HOURS = 60, 24
_PRIOR = Prior(rate=0.01, weight=100.0, most_even=2.0)
_ROWS = ["settlement_id", "provider_id", "kind"]


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The settlements out of hours, or before their prescription, of the providers with more of them than others."""
    rows = _rows(context, thresholds)
    least = int(thresholds.latest("min_rows"))
    cases = _places(rows).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(
        rows.filter("seen")
        .join(cases, on=["provider_id", "kind"])
        .lazy()
        .select(
            "settlement_id", "provider_id", subject_id="provider_id", strength="value", cause=pl.col("kind")
        )
    )


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with such a settlement: the stronger of the two."""
    places = _places(_rows(context, thresholds)).sort("provider_id", "value", descending=[False, True])
    return nw.from_native(about_providers(places.unique("provider_id", keep="first", maintain_order=True)))


def _places(rows: pl.DataFrame) -> pl.DataFrame:
    """Providers by kind of sign: provider_id, kind, observed, exposure, expected, value."""
    cells = rows.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("seen").sum().cast(pl.Int64)
    )
    parts = [
        by_kind(cells.filter(pl.col("kind") == kind), _PRIOR).with_columns(kind=pl.lit(kind))
        for kind in ("closed_hours", "before_prescription")
    ]
    return pl.concat(parts)


@remembered
def _rows(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Settlements that could have either sign: `_ROWS`, seen (whether they have it)."""
    settled: pl.LazyFrame = (
        context.assessable.settlements.filter(
            ~is_reversal(), ~nw.col("care_type").fill_null("").is_in([EMERGENCY, INPATIENT])
        )
        .select("settlement_id", "provider_id", "settled_day", "settled_minute", "prescribed_minute")
        .to_native()
    )
    timed = settled.filter(pl.col("settled_minute").is_not_null()).collect()
    slack = int(thresholds.latest("slack_minutes"))
    prescribed = timed.filter(pl.col("prescribed_minute").is_not_null()).with_columns(
        kind=pl.lit("before_prescription"),
        seen=pl.col("prescribed_minute") > pl.col("settled_minute") + slack,
    )
    return pl.concat([_closed(timed, thresholds).select(*_ROWS, "seen"), prescribed.select(*_ROWS, "seen")])


def _closed(timed: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Settlements of the providers with days enough; seen: in an hour in which few of their days have any."""
    days, percent = int(thresholds.latest("min_days")), float(thresholds.latest("closed_percent"))
    hourly = timed.with_columns(
        hour=pl.col("settled_minute") // _MINUTES % _HOURS, kind=pl.lit("closed_hours")
    )
    of_place = hourly.group_by("provider_id").agg(days=pl.col("settled_day").n_unique())
    of_hour = hourly.group_by("provider_id", "hour").agg(open=pl.col("settled_day").n_unique())
    return (
        hourly.join(of_place.filter(pl.col("days") >= days), on="provider_id")
        .join(of_hour, on=["provider_id", "hour"])
        .with_columns(seen=pl.col("open") * 100 <= percent * pl.col("days"))
    )
