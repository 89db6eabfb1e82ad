"""Packs of drugs without a trace code, after the day from which each has to be scanned (D02).

Null: each drug lacks its code as often as at all the other providers, so that drugs that have none are expected to;
gamma-Poisson with the peers' spread.
Exposure: whole packs of drugs after the duty began. Rivals: parts of a pack and Chinese herbs have no code of their
own; where most providers scan little, nothing stands out, and the transmission is at fault.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import about_providers, bills_with, by_kind, standing_lines
from features.registry import Frame
from models.evidence.others import Prior
from models.evidence.unit import ALERT

_WHOLE = 10_000  # stored quantities of one pack
_PRIOR = Prior(rate=0.05, weight=20.0, most_even=10.0)


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """The sales without a code at the providers that lack more than others."""
    packs = _packs(context, thresholds)
    share = float(thresholds.latest("min_percent")) / 100
    cases = _places(packs).filter(pl.col("value") >= ALERT, pl.col("observed") >= share * pl.col("exposure"))
    return nw.from_native(bills_with(packs.filter("missing"), cases, "no_code"))


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every provider that sold a drug without its code."""
    return nw.from_native(about_providers(_places(_packs(context, thresholds))))


def _places(packs: pl.DataFrame) -> pl.DataFrame:
    cells = packs.group_by("provider_id", "kind").agg(
        exposure=pl.len().cast(pl.Int64), seen=pl.col("missing").sum().cast(pl.Int64)
    )
    return by_kind(cells, _PRIOR)


def _packs(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Lines of whole packs under the duty: settlement_id, provider_id, kind (item), pool, account, missing.

    A bill some of whose scans name no item is taken to have scanned them all.
    """
    scans: pl.LazyFrame = context.whole.drug_trace_scans.to_native()
    of_bill = scans.group_by("settlement_id").agg(unnamed=pl.col("item_code").is_null().any())
    of_item = scans.select("settlement_id", "item_code").unique().with_columns(scanned=pl.lit(value=True))
    duty = nw.from_native(standing_lines(context)).with_columns(
        duty=thresholds.expression("duty", nw.col("service_day"))
    )
    lines: pl.LazyFrame = duty.to_native()
    return (
        lines.filter(pl.col("duty") > 0, pl.col("item_kind") == "drug", pl.col("quantity") % _WHOLE == 0)
        .join(of_bill, on="settlement_id", how="left")
        .join(of_item, on=["settlement_id", "item_code"], how="left")
        .select(
            "settlement_id",
            "provider_id",
            "pool",
            "account",
            kind="item_code",
            missing=pl.col("scanned").is_null() & ~pl.col("unnamed").fill_null(value=False),
        )
        .sort("provider_id", "kind", "settlement_id")
        .collect()
    )
