"""What the rules about sharing accounts read alike: their thresholds on relations, and ties that can be checked."""

from __future__ import annotations

import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.engine import collect
from models.relations import KinLimits, with_impossible

_PERCENT = 100


def kin_limits(thresholds: StatisticalThresholds) -> KinLimits:
    """The limits of a card that has the thresholds of these names."""
    return KinLimits(
        generation_years=float(thresholds.latest("generation_years")),
        peer_years=float(thresholds.latest("peer_years")),
        spouses=int(thresholds.latest("most_spouses")),
        parents=int(thresholds.latest("most_parents")),
        wrong_least=float(thresholds.latest("wrong_least_percent")) / _PERCENT,
        wrong_most=float(thresholds.latest("wrong_most_percent")) / _PERCENT,
        unreadable=float(thresholds.latest("unreadable_percent")) / _PERCENT,
    )


def known_ties(context: DetectorContext, limits: KinLimits) -> pl.DataFrame:
    """Ties of accounts and users with ``impossible``; see `models.relations.with_impossible`."""
    return with_impossible(collect(context.views["family_ties"]), limits).sort("payer_id", "beneficiary_id")


def relation_counts() -> dict[str, pl.Expr]:
    """Counts of a group of ties that `models.evidence.sharing` reads: people, stated and impossible relations."""
    return {
        "people": pl.len().cast(pl.Int64),
        "stated": pl.col("impossible").count().cast(pl.Int64),
        "impossible": pl.col("impossible").sum().cast(pl.Int64),
    }


def beyond(relation: str, most: int) -> pl.Expr:
    """People of a relation in a group of ties, beyond the most that there can be."""
    return ((pl.col("relation") == relation).sum().cast(pl.Int64) - most).clip(lower_bound=0)
