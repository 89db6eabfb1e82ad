"""What the visits of customers whom one operator alone served have in common, against the other custom there."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.evidence.choices import binomial_surprise
from models.evidence.one_hand import HAND, shared_day_rate

SIGNS = ("same_days", "little_trade", "by_hand", "large_sums")
_LARGE = 0.9
"""Quantile of a place's other bills from which a sum is large."""
_STANDING = 0.5
"""Share of a group's days on which its members come, from which it comes as a whole: a home, a shift, a course."""
_LEAST_RATE = 0.01


def marked_visits(visits: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The visits with ``alone`` (of people whom the operator alone served), and a column for each of `SIGNS`.

    Args:
        visits: from `detection.circumstances.operators.one_hand.counter_visits`.
        people: `HAND` and person_id.
    """
    by_hour = visits.drop_nulls("hour").group_by("hour").agg(n=pl.len()).sort("n", "hour")
    least_trade = by_hour.filter(pl.col("n").cum_sum() * 5 <= pl.col("n").sum())["hour"]
    known = visits.join(people.select(*HAND, "person_id", alone=True), on=[*HAND, "person_id"], how="left")
    marked = known.with_columns(pl.col("alone").fill_null(value=False))
    usual = (
        marked.filter(~pl.col("alone")).group_by("provider_id").agg(usual=pl.col("amount").quantile(_LARGE))
    )
    return marked.join(usual, on="provider_id", how="left").with_columns(
        same_days=pl.col("alone") & (pl.col("person_id").n_unique().over(*HAND, "day", "alone") > 1),
        little_trade=pl.col("hour").is_in(least_trade.implode()).fill_null(value=False),
        by_hand=pl.col("manual").fill_null(value=False),
        large_sums=(pl.col("amount") > pl.col("usual")).fill_null(value=False),
    )


def sign_surprises(marked: pl.DataFrame) -> pl.DataFrame:
    """Surprise of each of `SIGNS` among the visits of each operator's people: `HAND`, people and `SIGNS`; sorted.

    Operators whose people come as a whole are left out. A share is compared with that of the operator's other visits,
    or of the place's, whichever is higher.
    """
    group = marked.filter("alone").group_by(HAND)
    others = marked.filter(~pl.col("alone"))
    of_operator = others.group_by(HAND).agg(pl.col(SIGNS[1:]).mean().name.prefix("usual_"))
    of_place = others.group_by("provider_id").agg(pl.col(SIGNS[1:]).mean().name.prefix("here_"))
    days = others.group_by(*HAND, "day").agg(n=pl.len()).group_by(HAND)
    effective = days.agg(days=pl.col("n").sum() ** 2 / (pl.col("n") ** 2).sum())
    rows = (
        group.agg(
            pl.col(SIGNS).sum(),
            visits=pl.len(),
            people=pl.col("person_id").n_unique().cast(pl.Int64),
            attended=pl.struct("person_id", "day").n_unique(),
            met=pl.col("day").n_unique(),
        )
        .filter(pl.col("attended") < pl.col("people") * pl.col("met") * _STANDING)
        .join(of_operator, on=HAND, how="left")
        .join(of_place, on="provider_id", how="left")
        .join(effective, on=HAND, how="left")
        .sort(HAND)
        .fill_null(0)
    )
    seen = {name: rows[name].to_numpy() for name in rows.columns if name not in HAND}
    rates = {sign: np.maximum(seen[f"usual_{sign}"], seen[f"here_{sign}"]) for sign in SIGNS[1:]}
    rates["same_days"] = shared_day_rate(seen["visits"], seen["days"])
    surprise = {
        sign: binomial_surprise(
            seen[sign], seen["visits"], np.clip(rates[sign], _LEAST_RATE, 1 - _LEAST_RATE)
        )
        for sign in SIGNS
    }
    return rows.select(*HAND, "people").with_columns(
        pl.Series(name, value) for name, value in surprise.items()
    )
