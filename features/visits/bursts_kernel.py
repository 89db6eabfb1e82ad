"""The busiest week and month of every person on sorted arrays, without a sweep line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from features.registry import kernel
from features.visits.groups import grouped
from features.visits.person_bursts import MONTH, WEEK, person_bursts

Ints = npt.NDArray[np.int64]


@kernel(person_bursts)
def bursts_on_arrays(person_day: pl.LazyFrame, person_codes: pl.LazyFrame) -> pl.LazyFrame:
    """`person_bursts`; a busiest window always ends on some day with visits.

    Args:
        person_day: person, day, providers, pharmacies.
        person_codes: person, person_id.
    """
    first, last = pl.col("day").min(), pl.col("day").max()
    stride = (last - first).cast(pl.Int64) + MONTH + 1  # people are apart by more than a window
    position = pl.col("person").cast(pl.Int64) * stride + pl.col("day") - first
    days = person_day.with_columns(position=position).collect()
    if not days["position"].is_sorted():
        days = days.sort("position")
    positions, visits = days["position"].to_numpy(), days["providers"].to_numpy()
    each = grouped(days["person"])
    windows = {
        f"busiest_{length}": each.max(pl.Series(_ending_on(positions, visits, length)))
        for length in (WEEK, MONTH)
    }
    return pl.LazyFrame(
        {
            "person": each.first(days["person"]),
            "days": each.count(),
            "purchase_days": each.sum(days["pharmacies"] > 0),
            "several_pharmacy_days": each.sum(days["pharmacies"] > 1),
            "most_providers": each.max(days["providers"]),
        }
        | windows
    ).join(person_codes, on="person")


def _ending_on(positions: Ints, visits: Ints, length: int) -> Ints:
    """Visits of the same person in the ``length`` days that end on each row's day."""
    until = np.cumsum(visits)
    first = np.searchsorted(positions, positions - length + 1)
    window: Ints = until - until[first] + visits[first] if len(positions) else visits
    return window
