"""Whether pairs of settlements at two places come too often for chance, to one person within a window of days."""

from __future__ import annotations

import polars as pl

from detection.circumstances.travel.pairs import SIDES
from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from models.evidence.windows import chance_rate, window_evidence


def repeated_pairs(
    pairs: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds
) -> pl.DataFrame:
    """The pairs with the evidence of their person.

    Args:
        pairs: of `detection.circumstances.travel.pairs.hasty_pairs`, without the explained ones.
        context: the data.
        thresholds: window_days, min_pairs, min_pairs_any, usual_per_thousand.

    Returns:
        Columns of the pairs, value (evidence), and enough: whether the pair is one of as many in a window as a case
        needs: fewer with the same card at both places than with a phone or two credentials.
    """
    days = int(thresholds.latest("window_days"))
    confirmed = pairs.sort("person", "settled_day", "settled_minute").with_columns(
        same=_same_card(pairs.sort("person", "settled_day", "settled_minute"), context)
    )
    same_card = confirmed.filter("same").with_columns(
        enough=_dense(int(thresholds.latest("min_pairs")), days)
    )
    every = confirmed.with_columns(enough=_dense(int(thresholds.latest("min_pairs_any")), days))
    both = pl.concat(_valued(part, context, thresholds) for part in (same_card, every))
    return (
        both.group_by("settlement_id", "settlement_id_before")
        .agg(pl.col("enough").any(), pl.col("person", "cause").first(), pl.col("value").max().fill_null(0.0))
        .sort("person", "settlement_id")
    )


def _valued(pairs: pl.DataFrame, context: DetectorContext, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """The pairs of one kind of credential, with the evidence of their person.

    By chance a pair has any share of the way's time, so that pairs with at most a share come at that share of the rate.
    """
    days = int(thresholds.latest("window_days"))
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    counts = net.group_by("person").agg(n=pl.len().cast(pl.Int64)).collect()
    # Two of n settlements are near in time by chance as often as there are pairs of them.
    square = pl.col("n") ** 2
    settled = counts.select("person", settled=square * pl.col("n").sum() / square.sum())
    span = net.select(last=pl.col("settled_day").max() - pl.col("settled_day").min() + 1).collect()["last"][0]
    together = _together(pairs, days).join(settled, on="person", how="left", maintain_order="left")
    alone = together.filter(pl.col("pairs").max().over("person") == 1).height
    rate = chance_rate(
        alone, float(settled["settled"].sum()), float(thresholds.latest("usual_per_thousand")) / 1000
    )
    value = window_evidence(
        together["pairs"].to_numpy(),
        (together["settled"] * together["share"]).to_numpy() * rate,
        entities=settled.height,
        windows=(span or days) / days,
    )
    people = together.with_columns(value=pl.Series(value)).group_by("person").agg(pl.col("value").max())
    return pairs.join(people, on="person", how="left")


def _together(pairs: pl.DataFrame, days: int) -> pl.DataFrame:
    """Every number of pairs that a person has within so many days: person, pairs, share (the largest of theirs)."""
    start = pairs.select("person", start="settled_day").unique()
    within = pl.col("settled_day").is_between("start", pl.col("start") + days - 1)
    return (
        pairs.select("person", "settled_day", "share")
        .join(start, on="person", how="inner")
        .filter(within)
        .sort("person", "start", "share")
        .select("person", "share", pairs=pl.int_range(1, pl.len() + 1).over("person", "start"))
    )


def _same_card(pairs: pl.DataFrame, context: DetectorContext) -> pl.Series:
    """Whether the same card was shown at both places, as far as it is known: no phone, and not two credentials."""
    settled: pl.LazyFrame = context.assessable.settlements.select(
        "settlement_id", "credential_type"
    ).to_native()
    ids = pl.concat(pairs.lazy().select(settlement_id=f"settlement_id{side}") for side in SIDES).unique()
    known = settled.filter(~pl.col("credential_type").is_in(["unknown"])).join(
        ids, on="settlement_id", how="semi"
    )
    shown = {side: known.rename({"settlement_id": f"settlement_id{side}"}) for side in SIDES}
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
