"""Simulations in which chance alone brings people together, under the null of `models.chance`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from models.chance import DAY_MINUTES, SLOT_MINUTES, Floats, Habits

Integers = npt.NDArray[np.int64]


def simulate_chance(visits: pl.DataFrame, usual: Habits, seed: int) -> pl.DataFrame:
    """Visits as chance alone would have them: a random day and minute for each visit.

    Each person has the same number of visits to each provider in each month; days and hours follow the habits, as
    under the null. Swapping the visits of a provider instead would preserve the crowds in which a group came, and
    give them to the same group again where few others go.

    Args:
        visits: person_id, provider_id, day, month, first_minute.
        usual: habits of these visits.
        seed: of the random numbers; the order of people and providers does not depend on their ids.
    """
    # Ids as codes in their own order: a quarter of the memory, and the same order and random numbers.
    ids = {name: pl.Enum(visits[name].unique().sort()) for name in ("person_id", "provider_id")}
    days, hours = (
        shares.with_columns(pl.col("provider_id").cast(ids["provider_id"]))
        for shares in (usual.days, usual.hours)
    )
    signatures = [_signature("person_id"), _signature("provider_id")]
    order = (
        visits.lazy()
        .with_columns(pl.col(name).cast(coded) for name, coded in ids.items())
        .with_columns(*signatures)
        .sort("first_minute", "person_id_signature", "provider_id_signature", "person_id", "provider_id")
    )
    rows = order.select(pl.exclude("day", "first_minute", "^.*_signature$")).collect()  # bounds memory
    random = np.random.default_rng(seed).random((3, len(rows)))
    in_month = ["provider_id", "month"]
    day = _sample(rows, days.sort("provider_id", "month", "day"), in_month, "day", random[0])
    slot = _sample(rows, hours.sort("provider_id", "slot"), ["provider_id"], "slot", random[1])
    minute = slot.to_numpy() * SLOT_MINUTES + (random[2] * SLOT_MINUTES).astype(np.int64)
    moved = rows.with_columns(
        day=day, first_minute=pl.Series(day.cast(pl.Int64).to_numpy() * DAY_MINUTES + minute)
    )
    first = _first_of_each(moved["person_id"].to_physical(), moved["provider_id"].to_physical(), moved["day"])
    return moved.select(visits.columns)[first].with_columns(pl.col(name).cast(pl.String) for name in ids)


def _first_of_each(*columns: pl.Series) -> npt.NDArray[np.intp]:
    """Indices of the first row of each combination of values, in order."""
    packed = pack(*(column.cast(pl.Int64).to_numpy() for column in columns))
    return np.sort(np.unique(packed, return_index=True)[1])


def pack(*columns: Integers) -> Integers:
    """One integer for each combination of values: it needs a third of the memory of three columns.

    Args:
        columns: equally long; packed integers are ordered by the first, then by the second, and so on.

    Raises:
        OverflowError: the combinations of the columns' ranges do not fit into 63 bits.
    """
    packed: Integers = np.zeros(len(columns[0]), dtype=np.int64)
    combinations = 1
    for values in columns:
        lowest, highest = (int(values.min()), int(values.max())) if len(values) else (0, 0)
        combinations *= highest - lowest + 1
        if combinations > _MOST_COMBINATIONS:
            raise OverflowError("the columns have too many combinations of values for one 64-bit integer")
        packed *= highest - lowest + 1
        packed += values - lowest
    return packed


_MOST_COMBINATIONS = 2**63 - 1


def _sample(
    visits: pl.DataFrame, shares: pl.DataFrame, key: list[str], column: str, random: Floats
) -> pl.Series:
    """For each visit, a column's value in a row of `shares` with the same key, sampled by its share.

    Args:
        visits: with the columns of the key.
        shares: key, the column, and `share`; sorted.
        key: columns that both have.
        column: to sample.
        random: a number from 0 to 1 for each visit.
    """
    groups = shares.select(key).unique(maintain_order=True).with_row_index("group")
    running = shares.select(pl.col("share").cum_sum().over(key) / pl.col("share").sum().over(key))["share"]
    ladder = shares.join(groups, on=key, maintain_order="left")["group"].to_numpy() + running.to_numpy()
    group = visits.select(key).join(groups, on=key, how="left", maintain_order="left")["group"].to_numpy()
    row = np.minimum(np.searchsorted(ladder, group + random, side="right"), len(ladder) - 1)
    return shares[column].gather(row)


def _signature(column: str) -> pl.Expr:
    """A number that depends on when someone's visits were, not on their id: it orders people without their names."""
    return pl.col("first_minute").pow(2).sum().over(column).alias(f"{column}_signature")
