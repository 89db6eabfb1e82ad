"""The busiest week and month of everyone on sorted arrays, where no sweep line has to be built and sorted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from features.registry import kernel
from features.visits.person_bursts import MONTH, WEEK, person_bursts

Ints = npt.NDArray[np.int64]


@kernel(person_bursts)
def bursts_on_arrays(person_day: pl.LazyFrame, person_codes: pl.LazyFrame) -> pl.LazyFrame:
    """`person_bursts`: a busiest window may be taken to end on a day with visits.

    Args:
        person_day: person, day, providers, pharmacies.
        person_codes: person, person_id.
    """
    days = person_day.sort("person", "day").collect()
    person, day, visits = (days[name].cast(pl.Int64).to_numpy() for name in ("person", "day", "providers"))
    windows = [
        pl.Series(f"busiest_{length}", _ending_on(person, day, visits, length)) for length in (WEEK, MONTH)
    ]
    return (
        days.with_columns(windows)
        .lazy()
        .group_by("person")
        .agg(
            pl.len().cast(pl.Int64).alias("days"),
            (pl.col("pharmacies") > 0).sum().cast(pl.Int64).alias("purchase_days"),
            (pl.col("pharmacies") > 1).sum().cast(pl.Int64).alias("several_pharmacy_days"),
            pl.col("providers").max().alias("most_providers"),
            pl.col("^busiest_.*$").max(),
        )
        .join(person_codes, on="person")
    )


def _ending_on(person: Ints, day: Ints, visits: Ints, length: int) -> Ints:
    """Visits of the same person in the ``length`` days that end on each row's day."""
    if not len(day):
        return visits
    place = (
        person * (int(day.max()) - int(day.min()) + length + 1) + day
    )  # people lie apart by more than a window
    until = np.cumsum(visits)
    first = np.searchsorted(place, place - length + 1)
    window: Ints = until - until[first] + visits[first]
    return window
