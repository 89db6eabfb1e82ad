"""How surprising it is that marked customers of one place come within the same weeks.

Null: marks fall on the customers of all places alike, in any weeks, but for weeks in which they are common everywhere;
places differ by more than chance (gamma-Poisson). Each place has one voice for its weeks in what is expected, so that
places that are looked for do not hide each other. What a mark shows beyond the least is exponential, independently.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from scipy.stats import gamma

from models.evidence.counts import gamma_poisson_surprise
from models.evidence.unit import evidence

_SHAPE = 2.0
"""Of the rates of places: they differ at least so much."""
_LOG_10 = float(np.log(10))


def marked_together(marks: pl.DataFrame, customers: pl.DataFrame, within: int, period: int) -> pl.DataFrame:
    """The most surprising weeks of each place that has a mark.

    Args:
        marks: provider_id, day, beyond (surprise of the mark beyond the least that is a mark).
        customers: provider_id, customers; every place that is looked at.
        within: days that count as the same weeks.
        period: days observed.

    Returns:
        provider_id, first (day of the weeks), seen (marks), expected, value (evidence); sorted.
    """
    number = dict(customers.rows())
    whole, windows = sum(number.values()), max(period / within, 1.0)
    days, places = marks["day"].to_numpy(), marks["provider_id"].to_numpy()
    voices = marks.select("provider_id", weeks=pl.col("day") // within).unique()["provider_id"].to_numpy()
    rows = []
    for place, day in marks.select("provider_id", "day").unique().sort("provider_id", "day").iter_rows():
        weeks, here = (days >= day) & (days < day + within), places == place
        elsewhere = max(whole - number[place], 1)
        usual = (int((voices != place).sum()) + 1) / windows
        rate = max(usual, len(np.unique(places[weeks & ~here]))) / elsewhere
        beyond = marks.filter(pl.Series(weeks & here))["beyond"].to_numpy()
        expected = number[place] * rate
        count = float(gamma_poisson_surprise(len(beyond), expected, _SHAPE))
        size = float(-gamma.logsf(_LOG_10 * beyond.sum(), len(beyond)) / _LOG_10)
        value = float(evidence(count + size, windows * len(number)))
        rows.append((place, day, len(beyond), expected, value))
    schema: dict[str, Any] = {
        "provider_id": marks.schema["provider_id"],
        "first": pl.Int32,
        "seen": pl.Int64,
        "expected": pl.Float64,
        "value": pl.Float64,
    }
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .sort("provider_id", "value", "first", descending=[False, True, False])
        .unique("provider_id", keep="first", maintain_order=True)
    )
