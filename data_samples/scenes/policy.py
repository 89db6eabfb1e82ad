"""Since when things are lawful in the city: relatives who pay, and the pooled fund in outpatient care."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, Flags, Ints
from data_samples.scenes import Stage


def lawful_from(city: Stage) -> int:
    """First day of the period on which outpatient mutual aid is in force here."""
    return max(city.period.first_day, int(city.places.pooled_from.min()))


def fund_pays(city: Stage, provider: int | Ints, at: int | Ints) -> Flags:
    """Whether the pooled fund takes part in outpatient care at these providers and times (seconds)."""
    since = city.places.pooled_from[np.atleast_1d(provider)]
    pays: Flags = np.atleast_1d(at) // DAY >= since
    return pays
