"""How often two people would meet by chance, given each one's own habits and each provider's own crowd.

The null: each person has the same number of visits to each provider in each month; days follow the provider's
crowd of that month, hours its usual hours. A day's crowd counts at most some times what its weekday makes
one expect: otherwise people who come together would themselves make the crowd that explains them.

A tail probability under this null is not the probability of anything being wrong: colleagues, neighbors
and families meet more often than chance, lawfully.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import poisson

Floats = npt.NDArray[np.float64]

DAY_MINUTES = 1440
SLOT_MINUTES = 30
"""Width of the slots in which a provider's hours are counted."""

SLOTS = DAY_MINUTES // SLOT_MINUTES
SMALLEST_P = 1e-12
"""Smallest tail probability that is shown: beyond it the errors of the null are larger than the number."""

_WEEK = 7


@dataclass(frozen=True)
class Habits:
    """What the null preserves of the visits.

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
    """Habits derived from visits.

    Args:
        visits: person_id, provider_id, day, month, first_minute; one row per person, provider and day.
        days: the calendar on which visits may fall.
        cap: a day's crowd counts at most this many times its weekday's expectation.
    """
    own = visits.group_by("person_id", "provider_id", "month").agg(visits=pl.len().cast(pl.Int64))
    return Habits(own, _days(visits, days, cap), _hours(visits, cap))


def _days(visits: pl.DataFrame, calendar: pl.DataFrame, cap: float) -> pl.DataFrame:
    """Share of each day in a provider's month; the excess over the cap is spread like the weekdays."""
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
    slot = (pl.col("first_minute") % DAY_MINUTES // SLOT_MINUTES).alias("slot")
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
    first = chances.rename({"person_id": "person_a", "visits": "visits_a"})
    second = usual.own.rename({"person_id": "person_b", "visits": "visits_b"})
    numbered = pairs.with_row_index("pair")
    parts = [
        part.select("pair", "person_a", "person_b")
        .join(first, on="person_a")
        .join(second, on=["person_b", "provider_id", "month"])
        .group_by("pair")
        .agg(expected=(pl.col("visits_a") * pl.col("visits_b") * pl.col("chance")).sort().sum())
        for part in numbered.iter_slices(_PAIRS_AT_ONCE)
    ]
    expected = pl.concat(parts) if parts else pl.DataFrame(schema={"pair": pl.UInt32, "expected": pl.Float64})
    joined = numbered.join(expected, on="pair", how="left").sort("pair").drop("pair")
    return joined.with_columns(pl.col("expected").fill_null(0.0))


_PAIRS_AT_ONCE = 50_000  # bounds memory


def surprise(seen: npt.ArrayLike, expected: npt.ArrayLike) -> Floats:
    """−log10 of the chance of at least so many meetings (Poisson); uncapped, higher is more surprising."""
    logs = poisson.logsf(np.asarray(seen) - 1, np.maximum(np.asarray(expected, dtype=float), 1e-9))
    surprises: Floats = np.minimum(-logs / np.log(10), 300.0)
    return surprises


def shown_p(surprises: npt.ArrayLike) -> Floats:
    """Tail probability as it is shown, never below `SMALLEST_P`."""
    shown: Floats = np.maximum(10.0 ** -np.asarray(surprises, dtype=float), SMALLEST_P)
    return shown
