"""Slots in which two visits to one provider meet, and the chance that they share one.

A slot is a day; where many come it is half an hour, or five minutes. Its length follows the provider's usual crowd.

The chance rests on a smooth calendar: how a provider's visits spread over weekdays, over months and, for short slots,
over the hours. The crowd of a single day does not enter, so a group cannot hide behind the crowd that it is itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import polars as pl

DAY_MINUTES = 1440
WIDTHS = (DAY_MINUTES, 30, 5)
"""Lengths of a slot in minutes, longest first."""

_HALF_HOUR = 30


@dataclass(frozen=True)
class Slots:
    """Visits by slot.

    Attributes:
        attendance: person, provider, slot (Int64, first minute since 1970-01-01), day; one row each.
        widths: provider, width (Int64 minutes).
        chance: provider, chance that two of its visits share a slot.
        habits: person, provider, visits (days on which the person was there).
    """

    attendance: pl.DataFrame
    widths: pl.DataFrame
    chance: pl.DataFrame
    habits: pl.DataFrame

    def of(self, people: pl.Series) -> Slots:
        """The slots of some people only."""
        chosen = pl.col("person").is_in(people.unique().implode())
        return replace(self, attendance=self.attendance.filter(chosen), habits=self.habits.filter(chosen))


def slotted(visits: pl.DataFrame, crowd: float) -> Slots:
    """Visits by slot, with the chance of sharing one.

    Args:
        visits: person, provider (codes), day (Int32), minute (Int64 since 1970-01-01, null at day precision).
        crowd: mean number of visits in a slot above which it is made shorter.
    """
    widths = _widths(visits, crowd)
    attendance = (
        visits.join(widths, on="provider")
        .with_columns(slot=slot())
        .select("person", "provider", "slot", "day")
        .unique()
    )
    habits = attendance.group_by("person", "provider").agg(visits=pl.col("day").n_unique().cast(pl.Int64))
    return Slots(attendance, widths, _chance(visits, widths), habits)


def slot() -> pl.Expr:
    """The slot of a visit, from its day, its minute and the provider's width."""
    return (
        pl.when(pl.col("width") == DAY_MINUTES)
        .then(pl.col("day").cast(pl.Int64) * DAY_MINUTES)
        .otherwise(pl.col("minute") // pl.col("width") * pl.col("width"))
    )


def _widths(visits: pl.DataFrame, crowd: float) -> pl.DataFrame:
    """The longest slot of each provider in which the usual crowd is not exceeded; days where minutes are missing."""
    chosen = visits.group_by("provider").agg(
        width=pl.lit(WIDTHS[0], pl.Int64), timed=pl.col("minute").is_not_null().all()
    )
    for longer, width in pairwise(WIDTHS):
        sizes = (
            visits.join(chosen.filter(pl.col("timed"), pl.col("width") == longer), on="provider")
            .group_by("provider", slot())
            .len()
        )
        full = sizes.group_by("provider").agg(full=pl.col("len").mean() > crowd)
        chosen = (
            chosen.join(full, on="provider", how="left")
            .with_columns(
                width=pl.when(pl.col("full")).then(pl.lit(width, pl.Int64)).otherwise(pl.col("width"))
            )
            .drop("full")
        )
    return chosen.select("provider", "width").sort("provider")


def _chance(visits: pl.DataFrame, widths: pl.DataFrame) -> pl.DataFrame:
    """Chance that two visits share a slot: provider, chance."""
    if visits.is_empty():
        return widths.select("provider", chance=pl.lit(0.0))
    first, last = int(str(visits["day"].min())), int(str(visits["day"].max()))
    calendar = pl.DataFrame({"day": pl.int_range(first, last + 1, dtype=pl.Int32, eager=True)})
    spread = visits.with_columns(*_classes(), hour=pl.col("minute") % DAY_MINUTES // _HALF_HOUR)
    evenly = calendar.with_columns(*_classes())
    chance = widths
    for name in ("weekday", "month"):
        days = evenly.group_by(name).agg(days=pl.len() / evenly.height)
        chance = chance.join(_crowding(spread, name, days), on="provider")
    chance = chance.join(_crowding(spread, "hour", None), on="provider")
    # Half an hour is shared by `hour`; a shorter slot by as much less.
    in_day = pl.col("hour") * pl.min_horizontal(pl.col("width"), _HALF_HOUR) / _HALF_HOUR
    same_time = pl.when(pl.col("width") == DAY_MINUTES).then(1.0).otherwise(in_day)
    same_day = pl.col("weekday") * pl.col("month") / evenly.height
    return chance.select("provider", chance=(same_day * same_time).clip(upper_bound=1.0)).sort("provider")


def _classes() -> list[pl.Expr]:
    date = pl.from_epoch("day", time_unit="d").dt
    return [(pl.col("day") % 7).alias("weekday"), (date.year() * 12 + date.month()).alias("month")]


def _crowding(visits: pl.DataFrame, name: str, days: pl.DataFrame | None) -> pl.DataFrame:
    """How much more often two visits fall into one class than if days were all alike: provider, `name`."""
    counts = visits.group_by("provider", name).len()
    share = pl.col("len") / pl.col("len").sum().over("provider")
    if days is not None:
        counts = counts.join(days, on=name)
    weight = pl.col("days") if days is not None else 1.0
    return (
        counts.with_columns(part=share**2 / weight)
        .group_by("provider")
        .agg(pl.col("part").sort().sum().alias(name))
    )
