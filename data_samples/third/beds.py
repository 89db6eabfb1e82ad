"""Stays in a hospital for scenes; who stays has had nothing planted before."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.third.pace import between


def stay(
    city: Stage,
    rng: np.random.Generator,
    person: int,
    hospital: int,
    admitted: int,
    nights: int,
    total: int,
    **fields: Any,
) -> Ints:
    """A stay, settled on the day of discharge, within the period."""
    discharged = min(admitted + nights, city.period.last_day)
    at = between(rng, discharged, 9.0, 16.5)
    return city.settle(
        rng, person, hospital, at, care="inpatient", admitted=admitted, total=total, certain=False, **fields
    )


def inside(
    rng: np.random.Generator, admitted: int, discharged: int, count: int, opens: float, closes: float
) -> Ints:
    """Times on different days strictly between admission and discharge."""
    days = np.arange(admitted + 1, discharged)
    chosen = np.sort(rng.choice(days, min(count, len(days)), replace=False)).astype(np.int64)
    at: Ints = chosen * DAY + rng.integers(int(opens * 3600), int(closes * 3600), len(chosen))
    return at
