"""The same cards used one after the other at one provider, on several days (D07).

Null, exposure and lawful reasons are those of groups that keep meeting (`detection.networks.meetings`). This rule
shows the batches among them: at one provider, the members' settlements follow each other within minutes. Many people
in a short time are lawful, a market day for example; only the *same* people again are evidence.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.networks.involved import involved
from detection.networks.meetings import meetings
from features.registry import Frame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Settlements of a batch's cards on its days; a batch is named by the card that came first.

    A name by the first card lets a batch that grows stay one case.
    """
    rows = meetings(context, thresholds).shown(batch=True)
    paid: pl.LazyFrame = context.views["net_settlements"].select("settlement_id", "pool_paid").to_native()
    pooled = pl.col("pool_paid") != 0
    first = pl.col("person_id").sort_by("day", "person_id").first().over("group")
    batches = (
        rows.lazy()
        .join(paid, on="settlement_id")
        .select(
            "settlement_id",
            "provider_id",
            group_id=first,
            cause=pl.when(pooled).then(pl.lit("pooled_too")).otherwise(pl.lit("accounts_only")),
            strength="evidence",
            subject_id="provider_id",
        )
    )
    assessable = context.assessable.settlements.select("settlement_id")
    return nw.from_native(batches).join(assessable, on="settlement_id", how="semi")


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of the batches' people, by the days that each was there, and of the providers."""
    return nw.from_native(involved(meetings(context, thresholds), batch=True).lazy())
