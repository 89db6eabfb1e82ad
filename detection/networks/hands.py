"""Whether one operator serves a group, meeting after meeting, more than the place's other customers of the day.

People who go together stand in whichever line is short; cards in one hand are used at one counter.
"""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext
from models.evidence.choices import binomial_surprise

_DAY = ["provider_id", "day"]
_PRIOR = 5.0
"""Weight of the operators of the whole period, in visits, where few others came on the day."""
_MOST = 0.99


def with_one_operator(context: DetectorContext, rows: pl.DataFrame) -> pl.DataFrame:
    """How surprising it is that one operator serves so many at each meeting: group, one_operator.

    A group has no row where operators are not known. Each customer after the first of a meeting is a choice, and
    its chance is the share of the operator who serves most others.

    Args:
        context: the data set.
        rows: group, settlement_id, person_id, provider_id, day of the members' settlements.
    """
    served = _served(context, rows)
    met = (
        rows.select("group", "settlement_id", *_DAY)
        .join(served.select("settlement_id", "operator_id"), on="settlement_id")
        .group_by("group", *_DAY, "operator_id")
        .agg(served=pl.len().cast(pl.Int64))
        .group_by("group", *_DAY)
        .agg(seen=pl.col("served").max() - 1, choices=pl.col("served").sum() - 1)
    )
    graded = (
        met.join(_busiest(served, rows), on=["group", *_DAY], how="left")
        .filter(pl.col("share").is_not_null(), pl.col("choices") > 0)
        .group_by("group")
        .agg(
            pl.col("seen", "choices").sum(),
            rate=(pl.col("share") * pl.col("choices")).sort().sum() / pl.col("choices").sum(),
        )
        .sort("group")
    )
    surprise = binomial_surprise(graded["seen"], graded["choices"], graded["rate"].clip(upper_bound=_MOST))
    return graded.select("group", one_operator=pl.Series(surprise, dtype=pl.Float64))


def _served(context: DetectorContext, rows: pl.DataFrame) -> pl.DataFrame:
    """Settlements at the groups' providers with a known operator."""
    operators: pl.LazyFrame = context.whole.settlements.select("settlement_id", "operator_id").to_native()
    net: pl.LazyFrame = context.views["net_settlements"].to_native()
    return (
        net.select("settlement_id", "person_id", "provider_id", day="settled_day")
        .join(rows.lazy().select("provider_id").unique(), on="provider_id", how="semi")
        .join(operators.filter(pl.col("operator_id").is_not_null()), on="settlement_id")
        .collect()
    )


def _busiest(served: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Share of the operator who serves most of the people outside the group: group, `_DAY`, share."""
    members = rows.select("group", "person_id").unique()
    there = rows.select("group", "provider_id").unique()
    others = served.join(there, on="provider_id").join(members, on=["group", "person_id"], how="anti")
    whole = _most(others, ["group", "provider_id"]).rename({"most": "most_ever", "everybody": "ever"})
    days = rows.select("group", *_DAY).unique()
    of_day = days.join(_most(others, ["group", *_DAY]), on=["group", *_DAY], how="left").fill_null(0)
    prior = _PRIOR * pl.col("most_ever") / pl.col("ever")
    return of_day.join(whole, on=["group", "provider_id"]).select(
        "group", *_DAY, share=(pl.col("most") + prior) / (pl.col("everybody") + _PRIOR)
    )


def _most(visits: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Visits of the operator with most of them, and of all operators: `key`, most, everybody."""
    counted = visits.group_by(*key, "operator_id").agg(served=pl.len().cast(pl.Int64))
    return counted.group_by(key).agg(most=pl.col("served").max(), everybody=pl.col("served").sum())
