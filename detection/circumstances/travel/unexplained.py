"""Hasty pairs of settlements without what explains them, and what several of one person are worth."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.remote_settlement import bought_by_others, bunched, sold_at_a_distance
from detection.circumstances.travel.fetched import without_fetched
from detection.circumstances.travel.pairs import SIDE, SIDES
from detection.circumstances.travel.repeated import repeated_pairs
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from models.evidence.unit import ALERT

_TO_VERIFY = pl.col("cause").is_in(["bunched", "sold_at_a_distance"])


def hits_of(pairs: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Both settlements of the pairs of people to whom it happened too often for chance, and of pairs to verify.

    Args:
        pairs: of `detection.circumstances.travel.pairs`.
        context: the data.
        thresholds: those of the card, see `repeated_pairs`.
    """
    unexplained = _doubted(without_fetched(pairs, context), context, thresholds)
    repeated = repeated_pairs(unexplained.filter(~_TO_VERIFY), context, thresholds).filter(
        pl.col("value") >= ALERT, "enough"
    )
    left = unexplained.filter(_TO_VERIFY).with_columns(value=pl.lit(None, dtype=pl.Float64))
    settled = pl.concat(
        every.select("cause", settlement_id=f"settlement_id{side}", strength="value")
        for every in (repeated, left)
        for side in SIDES
    )
    people: pl.LazyFrame = context.assessable.settlements.select("settlement_id", "person_id").to_native()
    named = settled.lazy().join(people, on="settlement_id", how="inner")
    return nw.from_native(named.with_columns(subject_id="person_id"))


def evidence_of(pairs: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with several such pairs in one window.

    Args:
        pairs: of `detection.circumstances.travel.pairs`.
        context: the data.
        thresholds: those of the card, see `repeated_pairs`.
    """
    unexplained = _doubted(without_fetched(pairs, context), context, thresholds)
    codes: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        repeated_pairs(unexplained.filter(~_TO_VERIFY), context, thresholds)
        .lazy()
        .filter(pl.col("value") > 0)
        .join(codes, on="person", how="inner")
        .group_by("person_id")
        .agg(pl.col("value").max(), observed=pl.len().cast(pl.Float64))
        .select("value", "observed", subject_kind=pl.lit("person"), subject_id="person_id")
    )


def _doubted(
    pairs: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """Pairs without purchases that others made; the cause says where time or place are not to be relied on."""
    sides = pl.concat(pairs.select(pl.col(f"{name}{side}").alias(name) for name in SIDE) for side in SIDES)
    others = bought_by_others(sides, context)
    queue = bunched(
        sides,
        context,
        minutes=int(thresholds.latest("bunch_minutes")),
        percent=int(thresholds.latest("bunch_percent")),
        least=int(thresholds.latest("bunch_least")),
    )
    posted = sold_at_a_distance(
        sides,
        context,
        percent=int(thresholds.latest("away_percent")),
        least=int(thresholds.latest("away_least")),
    )
    return pairs.filter(~_either(others)).with_columns(
        cause=pl.when(_either(queue))
        .then(pl.lit("bunched"))
        .when(_either(posted))
        .then(pl.lit("sold_at_a_distance"))
        .otherwise(pl.col("cause"))
    )


def _either(settled: pl.DataFrame) -> pl.Expr:
    """Whether one of a pair's settlements is among these."""
    ids = settled["settlement_id"].unique().implode()
    return pl.any_horizontal(pl.col(f"settlement_id{side}").is_in(ids) for side in SIDES)
