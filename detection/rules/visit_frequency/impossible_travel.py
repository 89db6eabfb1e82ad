"""One person's credential at two providers too far apart to travel between in the time (D08).

Evidence is a pair of settlements with fewer minutes between them than the way takes, for a person to whom it happened
often enough. Stays, emergencies and purchases that an agent made under a registered context are lawful and left out;
settlements entered in a bunch and sales by post are for the provider to verify.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.circumstances.places import POINT, farthest, km_apart, places
from detection.circumstances.remote_settlement import bought_by_others, bunched, sold_at_a_distance
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.registry import Frame

_SIDE = ["settlement_id", "person", "provider", "settled_minute", "settled_day"]
_SIDES = ("", "_before")
_BY_OTHERS = ["inpatient", "emergency"]


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Both settlements of every two that follow each other too soon, of people to whom it happened often enough.

    Compared are neighbors in time, net of reversals. Left out beforehand are stays and emergencies (settled by
    relatives, or from an ambulance), and what was settled later than on the day of care. Left out of
    the pairs is what a registered context says that somebody else bought. Two causes are not assessed
    here: settlements entered in a bunch, and sales of a pharmacy most of whose customers live elsewhere.
    A phone can pay from afar, and of two credentials a relative may hold one: such pairs need more of their kind.
    """
    pairs = _doubted(_pairs(context, thresholds), context, thresholds)
    certain = pl.col("cause").is_in(["too_fast", "at_once"])
    confirmed = pairs.filter(certain).sort("person", "settled_day")
    same_card = confirmed.filter(_same_card(confirmed, context))
    enough = [
        same_card.filter(_dense(int(thresholds.latest("min_pairs")), int(thresholds.latest("window_days")))),
        same_card.filter(pl.col("missing") >= int(thresholds.latest("once_minutes"))),
        confirmed.filter(
            _dense(int(thresholds.latest("min_pairs_any")), int(thresholds.latest("window_days")))
        ),
    ]
    missing = pl.col("missing").sum().over("person").cast(pl.Float64) / 60
    enough_pairs = pl.concat(enough).unique().with_columns(strength=missing)
    left = pairs.filter(~certain).with_columns(strength=pl.lit(None, dtype=pl.Float64))
    evidence = pl.concat(
        every.select("cause", "strength", settlement_id=f"settlement_id{side}")
        for every in (enough_pairs, left)
        for side in _SIDES
    )
    people: pl.LazyFrame = context.assessable.settlements.select("settlement_id", "person_id").to_native()
    named = evidence.lazy().join(people, on="settlement_id", how="inner")
    return nw.from_native(named.with_columns(subject_id="person_id"))


def _pairs(context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """Neighbors in time with too few minutes between them.

    Columns: those of `_SIDE` for both settlements (the earlier one's end in ``_before``), cause, and missing: the
    minutes that were not there (Int64).
    """
    there = places(context)
    speed, serve = float(thresholds.latest("speed_kmh")), int(thresholds.latest("serve_minutes"))
    at_once_minutes = int(thresholds.latest("at_once_minutes"))
    settled = _close_in_time(context, max(serve + 60 * farthest(there) / speed, at_once_minutes))
    # Of two settlements in one minute, place and amount say which comes first: an id never decides.
    ordered = settled.join(there.lazy(), on="provider", how="inner").sort(
        "person", "settled_minute", *POINT, "total_amount"
    )
    neighbors = ordered.with_columns(pl.col(*_SIDE, *POINT).shift(1).name.suffix("_before")).filter(
        pl.col("person") == pl.col("person_before")
    )
    km, elapsed = km_apart("_before"), pl.col("settled_minute") - pl.col("settled_minute_before")
    needed = (serve + 60 * km / speed).ceil().cast(pl.Int64)
    at_once = (km >= float(thresholds.latest("place_km"))) & (elapsed < at_once_minutes)
    too_fast = (km >= float(thresholds.latest("min_km"))) & (elapsed < needed)
    return (
        neighbors.with_columns(
            missing=pl.max_horizontal(needed - elapsed, pl.lit(1)),
            cause=pl.when(at_once).then(pl.lit("at_once")).when(too_fast).then(pl.lit("too_fast")),
        )
        .drop_nulls("cause")
        .select(*(f"{name}{side}" for name in _SIDE for side in _SIDES), "missing", "cause")
        .collect()
    )


def _close_in_time(context: DetectorContext, minutes: float) -> pl.LazyFrame:
    """Settlements that have another one of the same person within so many minutes: few of all."""
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    near = [
        (pl.col("person") == pl.col("person").shift(step))
        & ((pl.col("settled_minute") - pl.col("settled_minute").shift(step)).abs() <= minutes)
        for step in (1, -1)
    ]
    return (
        net.filter(pl.col("settled_minute").is_not_null(), pl.col("service_day") == pl.col("settled_day"))
        .filter(~pl.col("care_type").is_in(_BY_OTHERS))
        .select(*_SIDE, "total_amount")
        .sort("person", "settled_minute")
        .filter(pl.any_horizontal(near).fill_null(value=False))
    )


def _doubted(
    pairs: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """Pairs without purchases made by others; the cause says where time or place are not to be relied on."""
    sides = pl.concat(pairs.select(pl.col(f"{name}{side}").alias(name) for name in _SIDE) for side in _SIDES)
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
    return pl.any_horizontal(pl.col(f"settlement_id{side}").is_in(ids) for side in _SIDES)


def _same_card(pairs: pl.DataFrame, context: DetectorContext) -> pl.Series:
    """Whether the same card was shown at both places, as far as it is known: no phone, and not two credentials."""
    settled: pl.LazyFrame = context.assessable.settlements.select(
        "settlement_id", "credential_type"
    ).to_native()
    ids = pl.concat(pairs.lazy().select(settlement_id=f"settlement_id{side}") for side in _SIDES).unique()
    known = settled.filter(~pl.col("credential_type").is_in(["unknown"])).join(
        ids, on="settlement_id", how="semi"
    )
    shown = {side: known.rename({"settlement_id": f"settlement_id{side}"}) for side in _SIDES}
    both = (
        pairs.lazy()
        .join(shown[""], on="settlement_id", how="left", maintain_order="left")
        .join(
            shown["_before"], on="settlement_id_before", how="left", suffix="_before", maintain_order="left"
        )
    )
    first, second = pl.col("credential_type"), pl.col("credential_type_before")
    phone = (first == "e_credential").fill_null(value=False) | (second == "e_credential").fill_null(
        value=False
    )
    return both.select(same=~phone & (first == second).fill_null(value=True)).collect()["same"]


def _dense(many: int, days: int) -> pl.Expr:
    """Whether a pair is one of ``many`` of its person, in order of their days, within so many days."""
    day = pl.col("settled_day")
    runs = [
        day.shift(before - many + 1).over("person") - day.shift(before).over("person") < days
        for before in range(many)  # the pair stands at any of the places of such a run
    ]
    return pl.any_horizontal(run.fill_null(value=False) for run in runs)
