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
    first, last = pl.col("day").min(), pl.col("day").max()
    far = (last - first).cast(pl.Int64) + MONTH + 1  # people lie apart by more than a window
    place = pl.col("person").cast(pl.Int64) * far + pl.col("day") - first
    days = person_day.with_columns(place=place).sort("place").collect()
    places, visits = days["place"].to_numpy(), days["providers"].to_numpy()
    windows = [pl.Series(f"busiest_{length}", _ending_on(places, visits, length)) for length in (WEEK, MONTH)]
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


def _ending_on(places: Ints, visits: Ints, length: int) -> Ints:
    """Visits of the same person in the ``length`` days that end on each row's day."""
    until = np.cumsum(visits)
    first = np.searchsorted(places, places - length + 1)
    window: Ints = until - until[first] + visits[first] if len(places) else visits
    return window
