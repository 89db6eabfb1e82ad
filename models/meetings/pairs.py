"""Pairs of people who meet more often than their own habits let expect: they propose groups, and prove nothing."""

from __future__ import annotations

import polars as pl

from models.evidence.counts import gamma_poisson_surprise
from models.meetings.bounds import Bounds
from models.meetings.slots import Slots

PAIR = ("person_a", "person_b")

UNEVEN = 2.0
"""Shape of the rates at which innocent pairs meet: friends and neighbors differ much from strangers."""

_PAIRS_AT_ONCE = 3_000_000  # bounds memory


def unexpected_pairs(slots: Slots, relatives: pl.DataFrame, bounds: Bounds) -> pl.DataFrame:
    """Pairs without a recorded relation that met on more days than expected by chance.

    Expected are, over *all* providers that both use, the visits of the one times those of the other times the
    chance that two visits share a slot.

    Args:
        slots: everybody's visits.
        relatives: person_a < person_b (codes) of recorded relatives.
        bounds: the card's thresholds.

    Returns:
        person_a < person_b, days (Int64), first_day, expected, surprise; sorted by the pair.
    """
    crowds = slots.attendance.group_by("provider", "slot").agg(people=pl.len().cast(pl.Int64))
    shared = slots.attendance.join(
        crowds.filter(pl.col("people").is_between(2, bounds.fullest)), on=["provider", "slot"], how="semi"
    )
    often = shared.group_by("person").len().filter(pl.col("len") >= bounds.pair_days)
    shared = shared.join(often, on="person", how="semi")
    sizes = shared.group_by("provider", "slot").agg(people=pl.len().cast(pl.Int64))["people"]
    parts = int((sizes * (sizes - 1)).sum()) // 2 // _PAIRS_AT_ONCE + 1
    pairs = [
        _of_part(shared.filter(pl.col("person") % parts == part), shared, slots, relatives, bounds)
        for part in range(parts)
    ]
    return pl.concat(pairs).sort(PAIR)


def _of_part(
    part: pl.DataFrame, shared: pl.DataFrame, slots: Slots, relatives: pl.DataFrame, bounds: Bounds
) -> pl.DataFrame:
    """The pairs whose first person is of a part of the people."""
    met = (
        part.lazy()
        .join(shared.lazy().drop("day"), on=["provider", "slot"])
        .filter(pl.col("person") < pl.col("person_right"))
        .group_by(person_a="person", person_b="person_right")
        .agg(days=pl.col("day").n_unique().cast(pl.Int64), first_day=pl.col("day").min())
        .filter(pl.col("days") >= bounds.pair_days)
        .join(relatives.lazy(), on=PAIR, how="anti")
        .collect()
    )
    graded = with_expected(met, slots)
    surprises = gamma_poisson_surprise(graded["days"].to_numpy(), graded["expected"].to_numpy(), UNEVEN)
    return graded.with_columns(surprise=pl.Series(surprises, dtype=pl.Float64)).filter(
        pl.col("surprise") >= bounds.pair_surprise
    )


def with_expected(pairs: pl.DataFrame, slots: Slots) -> pl.DataFrame:
    """The pairs with the number of days, `expected`, on which they would meet by chance.

    Args:
        pairs: person_a, person_b and any further columns.
        slots: everybody's visits.
    """
    habits = slots.habits.lazy()
    expected = (
        pairs.lazy()
        .select(PAIR)
        .join(habits.rename({"person": "person_a"}).join(slots.chance.lazy(), on="provider"), on="person_a")
        .join(habits.rename({"person": "person_b", "visits": "others"}), on=["person_b", "provider"])
        .group_by(PAIR)
        .agg(expected=(pl.col("visits") * pl.col("others") * pl.col("chance")).sort().sum())
        .collect()
    )
    return (
        pairs.join(expected, on=PAIR, how="left").with_columns(pl.col("expected").fill_null(0.0)).sort(PAIR)
    )
