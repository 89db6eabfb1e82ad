"""Since when relatives may pay in the city, and where the pooled fund pays for purchases."""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import KINDS
from data_samples.period import Ints
from data_samples.scenes import Stage


def lawful_from(city: Stage) -> int:
    """First day of the period on which outpatient mutual aid is in force here."""
    return max(city.period.first_day, city.policy_start)


def pooled_pharmacies(city: Stage, rng: np.random.Generator, count: int, day: int) -> Ints:
    """Up to so many pharmacies where the pooled fund pays on the day; a health center when there are none."""
    places = city.places
    pharmacy = (places.kind == KINDS.index("pharmacy")) & (places.pooled_from <= day)
    free = np.flatnonzero(pharmacy & ~city.provider_taken)
    if len(free) == 0:
        return city.pick_providers(rng, "primary_care")
    chosen: Ints = rng.choice(free, min(count, len(free)), replace=False)
    city.provider_visited[chosen] = True
    return chosen
