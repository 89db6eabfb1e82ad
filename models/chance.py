"""How often two people would meet by chance, given each one's own habits and each provider's own crowd.

The null: everybody keeps their number of visits to each provider in each month; days follow the provider's
crowd of that month, hours its usual hours. A day's crowd counts at most some times what its weekday lets
expect: otherwise people who come together would make the very crowd that explains them.

A tail probability under this null is not the probability of anything being wrong: colleagues, neighbours
and families meet more often than chance, lawfully.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import poisson

Floats = npt.NDArray[np.float64]

_DAY = 1440
SLOT_MINUTES = 30
"""Width of the slots in which a provider's hours are held."""

SLOTS = _DAY // SLOT_MINUTES
SMALLEST_P = 1e-12
"""Smallest tail probability that is shown: beyond it the null's own errors are larger than the number."""

_WEEK = 7


@dataclass(frozen=True)
class Habits:
    """What the null keeps of the visits.

    Attributes:
        own: person_id, provider_id, month, visits (Int64): each person's own habit.
        days: provider_id, month, day, share: where in its month a visit to the provider falls; a month sums to 1.
        hours: provider_id, slot (0 to 47), share, window: when in the day; a provider's shares sum to 1, and
            `window` is the share of the slot and the next one.
    """

    own: pl.DataFrame
    days: pl.DataFrame
    hours: pl.DataFrame

    def meeting(self) -> pl.DataFrame:
        """Chance that two visits of one month to a provider meet: provider_id, month, chance."""
        same_day = self.days.group_by("provider_id", "month").agg(
            same_day=pl.col("share").pow(2).sort().sum()
        )
        # Two visits in one slot meet; in adjacent slots, half of the time, one before or after the other.
        same_time = self.hours.group_by("provider_id").agg(
            same_time=(pl.col("share") * pl.col("window")).sort().sum()
        )
        return same_day.join(same_time, on="provider_id").select(
            "provider_id", "month", chance=pl.col("same_day") * pl.col("same_time")
        )


def calendar(visits: pl.DataFrame) -> pl.DataFrame:
    """Every day (Int32) from the first visit to the last, with its month (year * 12 + month - 1)."""
    first, last = (int(str(day or 0)) for day in (visits["day"].min(), visits["day"].max()))
    date = pl.from_epoch("day", time_unit="d").dt
    return pl.DataFrame({"day": pl.int_range(first, last + 1, dtype=pl.Int32, eager=True)}).with_columns(
        month=date.year() * 12 + date.month().cast(pl.Int32) - 1
    )


def habits(visits: pl.DataFrame, days: pl.DataFrame, cap: float) -> Habits:
    """Habits out of visits.

    Args:
        visits: person_id, provider_id, day, month, first_minute; one row per person, provider and day.
        days: the calendar that visits may fall on.
        cap: a day's crowd counts at most this many times its weekday's expectation.
    """
    own = visits.group_by("person_id", "provider_id", "month").agg(visits=pl.len().cast(pl.Int64))
    return Habits(own, _days(visits, days, cap), _hours(visits, cap))


def _days(visits: pl.DataFrame, calendar: pl.DataFrame, cap: float) -> pl.DataFrame:
    """Share of a provider's month that each day holds, the excess over the cap spread like the weekdays."""
    months = visits.group_by("provider_id", "month").agg(total=pl.len())
    crowd = visits.group_by("provider_id", "day").agg(crowd=pl.len())
    grid = (
        months.join(calendar, on="month")
        .join(crowd, on=["provider_id", "day"], how="left")
        .with_columns(pl.col("crowd").fill_null(0), weekday=pl.col("day") % _WEEK)
        .sort("provider_id", "day")  # floats are summed in one order
    )
    usual = (pl.col("crowd").sum() / pl.len()).over("provider_id", "weekday")
    in_month = ["provider_id", "month"]
    return (
        grid.with_columns(usual=usual)
        .with_columns(usual=pl.col("usual") * pl.col("total") / pl.col("usual").sum().over(in_month))
        .with_columns(counted=pl.min_horizontal(pl.col("crowd"), cap * pl.col("usual")))
        .with_columns(excess=pl.col("total") - pl.col("counted").sum().over(in_month))
        .select(
            *in_month,
            "day",
            share=(pl.col("counted") + pl.col("excess") * pl.col("usual") / pl.col("total"))
            / pl.col("total"),
        )
    )


def _hours(visits: pl.DataFrame, cap: float) -> pl.DataFrame:
    """Share of a provider's visits in each slot of the day, capped against its mean open slot."""
    slot = (pl.col("first_minute") % _DAY // SLOT_MINUTES).alias("slot")
    crowds = visits.group_by("provider_id", slot).agg(crowd=pl.len())
    total, open_slots = pl.col("crowd").sum().over("provider_id"), pl.len().over("provider_id")
    capped = crowds.with_columns(
        total=total, usual=total / open_slots, counted=pl.min_horizontal("crowd", cap * total / open_slots)
    ).with_columns(
        excess=(pl.col("total") - pl.col("counted").sort().sum().over("provider_id")) / pl.col("total")
    )
    shares = capped.select(
        "provider_id",
        "slot",
        share=(pl.col("counted") + pl.col("excess") * pl.col("usual")) / pl.col("total"),
    )
    every = pl.DataFrame({"slot": range(SLOTS)}, schema={"slot": pl.Int64})
    whole = (
        crowds.select("provider_id")
        .unique()
        .join(every, how="cross")
        .join(shares, on=["provider_id", "slot"], how="left")
    )
    after = pl.col("share").shift(-1, fill_value=0).over("provider_id")
    return (
        whole.with_columns(pl.col("share").fill_null(0))
        .sort("provider_id", "slot")
        .with_columns(window=pl.col("share") + after)
    )


def expected_meetings(pairs: pl.DataFrame, usual: Habits) -> pl.DataFrame:
    """The pairs with the number of days on which they would meet by chance.

    Args:
        pairs: person_a, person_b and any further columns.
        usual: habits of everyone.

    Returns:
        The pairs, in their order, with a column `expected` (Float64).
    """
    chances = usual.own.join(usual.meeting(), on=["provider_id", "month"])
    one = chances.rename({"person_id": "person_a", "visits": "visits_a"})
    other = usual.own.rename({"person_id": "person_b", "visits": "visits_b"})
    numbered = pairs.with_row_index("pair")
    parts = [
        part.select("pair", "person_a", "person_b")
        .join(one, on="person_a")
        .join(other, on=["person_b", "provider_id", "month"])
        .group_by("pair")
        .agg(expected=(pl.col("visits_a") * pl.col("visits_b") * pl.col("chance")).sort().sum())
        for part in numbered.iter_slices(_PAIRS_AT_ONCE)
    ]
    expected = pl.concat(parts) if parts else pl.DataFrame(schema={"pair": pl.UInt32, "expected": pl.Float64})
    joined = numbered.join(expected, on="pair", how="left").sort("pair").drop("pair")
    return joined.with_columns(pl.col("expected").fill_null(0.0))


_PAIRS_AT_ONCE = 50_000  # bounds memory


def surprise(seen: npt.ArrayLike, expected: npt.ArrayLike) -> Floats:
    """−log10 of the chance of at least so many meetings (Poisson); uncapped, higher is stranger."""
    logs = poisson.logsf(np.asarray(seen) - 1, np.maximum(np.asarray(expected, dtype=float), 1e-9))
    surprises: Floats = np.minimum(-logs / np.log(10), 300.0)
    return surprises


def shown_p(surprises: npt.ArrayLike) -> Floats:
    """Tail probability as it is shown, never below `SMALLEST_P`."""
    shown: Floats = np.maximum(10.0 ** -np.asarray(surprises, dtype=float), SMALLEST_P)
    return shown


def world_of_chance(visits: pl.DataFrame, usual: Habits, seed: int) -> pl.DataFrame:
    """A world where only chance brings people together: every visit is drawn a new day and minute.

    Everyone keeps their number of visits to each provider in each month; days and hours follow the habits,
    as the null says. Swapping the visits of a provider instead would keep the very crowds in which a group
    came, and hand them to the same group again where few others go.

    Args:
        visits: person_id, provider_id, day, month, first_minute.
        usual: habits of these visits.
        seed: of the draw; people and providers are taken in an order that does not depend on their ids.
    """
    # Ids as codes in their own order: a quarter of the memory, and the same order and draws.
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
    kept = order.select(pl.exclude("day", "first_minute", "^.*_signature$")).collect()  # bounds memory
    draw = np.random.default_rng(seed).random((3, len(kept)))
    in_month = ["provider_id", "month"]
    day = _drawn(kept, days.sort("provider_id", "month", "day"), in_month, "day", draw[0])
    slot = _drawn(kept, hours.sort("provider_id", "slot"), ["provider_id"], "slot", draw[1])
    minute = slot.to_numpy() * SLOT_MINUTES + (draw[2] * SLOT_MINUTES).astype(np.int64)
    drawn = kept.with_columns(day=day, first_minute=pl.Series(day.cast(pl.Int64).to_numpy() * _DAY + minute))
    once = drawn.select(visits.columns)[_first_of_each(drawn, ("person_id", "provider_id"), "day")]
    return once.with_columns(pl.col(name).cast(pl.String) for name in ids)


def _first_of_each(rows: pl.DataFrame, coded: Sequence[str], day: str) -> npt.NDArray[np.intp]:
    """Places of the first row of each combination of codes and day, in order; packed, as memory counts here."""
    days = rows[day].to_numpy().astype(np.int64)
    packed = np.zeros(len(rows), dtype=np.int64)
    for name in coded:
        codes = rows[name].to_physical()
        packed = packed * (int(str(codes.max() or 0)) + 1) + codes.cast(pl.Int64).to_numpy()
    packed = packed * (int(days.max() - days.min()) + 1) + days - days.min() if len(days) else packed
    return np.sort(np.unique(packed, return_index=True)[1])


def _drawn(
    visits: pl.DataFrame, shares: pl.DataFrame, key: list[str], column: str, draw: Floats
) -> pl.Series:
    """For each visit, a column's value in one of its key's rows in `shares`, drawn by its share."""
    groups = shares.select(key).unique(maintain_order=True).with_row_index("group")
    running = shares.select(pl.col("share").cum_sum().over(key) / pl.col("share").sum().over(key))["share"]
    ladder = shares.join(groups, on=key, maintain_order="left")["group"].to_numpy() + running.to_numpy()
    group = visits.select(key).join(groups, on=key, how="left", maintain_order="left")["group"].to_numpy()
    place = np.minimum(np.searchsorted(ladder, group + draw, side="right"), len(ladder) - 1)
    return shares[column].gather(place)


def _signature(column: str) -> pl.Expr:
    """A number that says when someone's visits were, whatever their id: it orders people without their names."""
    return pl.col("first_minute").pow(2).sum().over(column).alias(f"{column}_signature")
