"""One person's credential at two providers too far apart to travel between in the time (D08).

Null: such pairs happen by chance (a clock, a late entry, a phone that pays from afar), to each person as often as its
number of settlements lets one expect; the city's single pairs give the rate. Two or more in one window of days are
counted against it. Explained, and left out, are stays, emergencies, purchases that an agent made under a registered
context, and medicine that a relative fetches while the patient is with the doctor. Settlements entered in a bunch and
sales by post are for the provider to verify.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.remote_settlement import bought_by_others, bunched, sold_at_a_distance
from detection.circumstances.travel.fetched import without_fetched
from detection.circumstances.travel.pairs import SIDE, SIDES, hasty_pairs
from detection.circumstances.travel.repeated import repeated_pairs
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame
from models.evidence.unit import ALERT

_CERTAIN = pl.col("cause").is_in(["too_fast", "at_once"])


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Both settlements of the pairs of people to whom it happened too often for chance.

    Compared are neighbors in time, net of reversals. Two causes are not assessed here: settlements entered in a bunch,
    and sales of a pharmacy most of whose customers live elsewhere. A phone can pay from afar, and of two credentials a
    relative may hold one: such pairs need more of their kind.
    """
    pairs = _doubted(without_fetched(hasty_pairs(context, thresholds), context), context, thresholds)
    repeated = repeated_pairs(pairs.filter(_CERTAIN), context, thresholds).filter(
        pl.col("value") >= ALERT, "enough"
    )
    left = pairs.filter(~_CERTAIN).with_columns(value=pl.lit(None, dtype=pl.Float64))
    settled = pl.concat(
        every.select("cause", settlement_id=f"settlement_id{side}", strength="value")
        for every in (repeated, left)
        for side in SIDES
    )
    people: pl.LazyFrame = context.assessable.settlements.select("settlement_id", "person_id").to_native()
    named = settled.lazy().join(people, on="settlement_id", how="inner")
    return nw.from_native(named.with_columns(subject_id="person_id"))


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of every person with several such pairs in one window."""
    pairs = _doubted(without_fetched(hasty_pairs(context, thresholds), context), context, thresholds)
    codes: pl.LazyFrame = context.views["person_codes"].to_native()
    return nw.from_native(
        repeated_pairs(pairs.filter(_CERTAIN), context, thresholds)
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
