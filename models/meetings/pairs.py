"""Pairs of people who meet more often than their own habits let expect: they propose groups, and prove nothing."""

from __future__ import annotations

import numpy as np
import polars as pl

from models.evidence.counts import gamma_poisson_surprise
from models.meetings.bounds import Bounds
from models.meetings.slots import Slots

PAIR = ("person_a", "person_b")

UNEVEN = 2.0
"""Shape of the rates at which innocent pairs meet: friends and neighbors differ much from strangers."""

_PAIRS_AT_ONCE = 2_000_000  # bounds memory
_EXPECTED_AT_ONCE = 100_000  # pairs; each joins all providers of the first person
_SLOT = ["provider", "slot"]


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
    met = _met(part, shared, int(bounds.pair_days)).join(relatives, on=PAIR, how="anti")
    graded = with_expected(met, slots)
    surprises = gamma_poisson_surprise(graded["days"].to_numpy(), graded["expected"].to_numpy(), UNEVEN)
    return graded.with_columns(surprise=pl.Series(surprises, dtype=pl.Float64)).filter(
        pl.col("surprise") >= bounds.pair_surprise
    )


def _met(part: pl.DataFrame, shared: pl.DataFrame, least: int) -> pl.DataFrame:
    """Pairs that met on enough days: person_a < person_b, days, first_day.

    A meeting is one integer, of first person, second person and day: sorting those needs a fraction of the memory
    of a table that is grouped.
    """
    first, last = int(str(shared["day"].min() or 0)), int(str(shared["day"].max() or 0))
    people, days = int(str(shared["person"].max() or 0)) + 1, last - first + 1
    pair = pl.col("person").cast(pl.Int64) * people + pl.col("person_right")
    together = (
        part.lazy()
        .select("person", *_SLOT)
        .join(shared.lazy(), on=_SLOT)
        .filter(pl.col("person") < pl.col("person_right"))
        .select(meeting=pair * days + (pl.col("day") - first))
        .collect()["meeting"]
    )
    meetings = together.sort().unique(maintain_order=True).to_numpy()  # numpy's own takes many times as long
    pairs, start, count = np.unique(meetings // days, return_index=True, return_counts=True)
    often = count >= least
    return pl.DataFrame(
        {
            "person_a": pairs[often] // people,
            "person_b": pairs[often] % people,
            "days": count[often],
            "first_day": meetings[start[often]] % days + first,
        },
        schema={"person_a": pl.Int32, "person_b": pl.Int32, "days": pl.Int64, "first_day": pl.Int32},
    )


def with_expected(pairs: pl.DataFrame, slots: Slots) -> pl.DataFrame:
    """The pairs with the number of days, `expected`, on which they would meet by chance.

    Args:
        pairs: person_a, person_b and any further columns.
        slots: everybody's visits.
    """
    numbers = pl.concat([pairs["person_a"], pairs["person_b"]]).unique()
    own = slots.habits.filter(pl.col("person").is_in(numbers.implode()))
    first = own.join(slots.chance, on="provider").rename({"person": "person_a"})
    second = own.rename({"person": "person_b", "visits": "others"})
    expected = [
        part.select(PAIR)
        .join(first, on="person_a")
        .join(second, on=["person_b", "provider"])
        .group_by(PAIR)
        .agg(expected=(pl.col("visits") * pl.col("others") * pl.col("chance")).sort().sum())
        for part in pairs.iter_slices(_EXPECTED_AT_ONCE)
    ]
    empty = pl.DataFrame(schema={**{side: pairs.schema[side] for side in PAIR}, "expected": pl.Float64})
    return (
        pairs.join(pl.concat([empty, *expected]), on=PAIR, how="left")
        .with_columns(pl.col("expected").fill_null(0.0))
        .sort(PAIR)
    )
