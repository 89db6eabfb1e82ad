"""Items outside the insurance everywhere else, settled as covered at one provider (D38).

Null: a line of such an item is settled as covered as often as at all the other providers; gamma-Poisson with the peers'
spread. Exposure: lines of items that the others keep outside. Rivals: an item that the catalog takes in changes
everywhere, and is then no longer outside; a slip is what the others' rate consists of.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.detectors.remembered import remembered
from detection.evidence.by_kind import CELL, about_providers, bills_with, by_kind, standing_lines
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_QUARTER = 91  # days
_OTHERS = 20
"""Lines at other providers from which an item is known to be outside."""
_PRIOR = Prior(rate=0.01, weight=20.0, most_even=2.0)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The bills with such a line, of the providers that settle more of them than others."""
    lines = _lines(context, thresholds)
    least = int(thresholds.latest("min_lines"))
    cases = by_kind(_cells(lines), _PRIOR).filter(pl.col("value") >= ALERT, pl.col("observed") >= least)
    return nw.from_native(bills_with(lines.filter("covered"), cases, "settled_as_covered"))


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider with such a line."""
    return nw.from_native(about_providers(by_kind(_cells(_lines(context, thresholds)), _PRIOR)))


def _cells(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.group_by(CELL).agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("covered").sum().cast(pl.Int64)
    )


@remembered
def _lines(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Lines of items that the others keep outside: settlement_id, `CELL`, pool, account, covered.

    The kind is the item in a quarter of a year, so that the catalog may change.
    """
    most = float(thresholds.latest("most_percent")) / 100
    quarter = (pl.col("service_day") // _QUARTER).cast(pl.String)
    known = (
        standing_lines(context)
        .filter(pl.col("in_scope_amount").is_not_null())
        .select(
            "settlement_id",
            "provider_id",
            "pool",
            "account",
            kind=pl.concat_str("item_code", quarter, separator="/"),
            covered=2 * pl.col("in_scope_amount") > pl.col("amount"),
        )
        .collect()
    )
    own = _cells(known)
    every = own.group_by("kind").agg(all=pl.col("exposure").sum(), all_seen=pl.col("seen").sum())
    others = pl.col("all") - pl.col("exposure")
    outside = own.join(every, on="kind").filter(
        others >= _OTHERS, pl.col("all_seen") - pl.col("seen") <= most * others
    )
    return known.join(outside, on=CELL, how="semi").sort(*CELL, "settlement_id")
