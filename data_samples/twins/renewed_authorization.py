"""Looks like D26: an authorization ended and was renewed without a gap; the payments lie on both sides of the seam."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.payment import KIN, ordinary_times, purchases, record
from data_samples.twins.share import share

_SHARE = 20
_DAYS_AROUND = 40

RANDOM_STREAM = "data_samples.twins.renewed_authorisation"
"""The module's earlier name, so that the city's bytes stay."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one payer and one relative with two or three authorizations in a row."""
    for _ in range(share(instances, _SHARE)):
        payer, patient, relation = city.pick_relatives(rng, 1)[0].tolist()
        seam = int(rng.integers(lawful_from(city) + _DAYS_AROUND, city.period.last_day - _DAYS_AROUND))
        noon = seam * DAY + second(12)
        city.authorize(payer, patient, KIN[relation], (seam - _DAYS_AROUND) * DAY, noon - 1)
        if rng.random() < 0.4:
            # Renewed twice.
            city.authorize(payer, patient, KIN[relation], noon, noon + 20 * DAY - 1)
            city.authorize(payer, patient, KIN[relation], noon + 20 * DAY)
        else:
            city.authorize(payer, patient, KIN[relation], noon, -1)
        earlier, later = city.ranges("renewed_authorization").counts(rng, "payments", 2).tolist()
        before = ordinary_times(city, rng, earlier, seam - _DAYS_AROUND, seam - 1)
        after = ordinary_times(city, rng, later, seam + 1, seam + _DAYS_AROUND)
        on_the_day = noon + rng.integers(-second(3), second(5), 1)
        paid = purchases(city, rng, payer, patient, np.r_[before, on_the_day, after])
        record(city, payer, patient, paid)
