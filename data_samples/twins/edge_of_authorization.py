"""Looks like D26: the relative pays minutes after the authorization began, on its last evening, or late at night."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.payment import KIN, ordinary_times, purchases, record
from data_samples.twins.share import share

_SHARE = 35
_SPAN = 85

RANDOM_STREAM = "data_samples.twins.edge_of_authorisation"
"""The module's earlier name, so that the city's bytes stay."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one payer and one relative; the three edges take turns."""
    edges = (_minutes_after, _on_the_last_evening, _late_at_night)
    for number in range(share(instances, _SHARE)):
        payer, patient, relation = city.pick_relatives(rng, 1)[0].tolist()
        day = int(rng.integers(lawful_from(city), city.period.last_day - _SPAN))
        record(
            city, payer, patient, edges[number % len(edges)](city, rng, payer, patient, KIN[relation], day)
        )


def _minutes_after(
    city: Stage, rng: np.random.Generator, payer: int, patient: int, relation: str, day: int
) -> Ints:
    """Authorized on the phone at the counter, paid two to twenty minutes later, and now and then afterwards."""
    start = day * DAY + int(rng.integers(second(9), second(18)))
    city.authorize(payer, patient, relation, start)
    at_once = start + rng.integers(2 * MINUTE, 20 * MINUTE, 1)
    later = ordinary_times(
        city, rng, city.ranges("edge_of_authorization").count(rng, "payments"), day + 1, day + _SPAN
    )
    return purchases(city, rng, payer, patient, np.r_[at_once, later])


def _on_the_last_evening(
    city: Stage, rng: np.random.Generator, payer: int, patient: int, relation: str, day: int
) -> Ints:
    """The authorization ends at the end of a day; the last purchase was made in its evening."""
    last = day + int(rng.integers(30, _SPAN))
    city.authorize(payer, patient, relation, day * DAY, (last + 1) * DAY - 1)
    before = ordinary_times(
        city, rng, city.ranges("edge_of_authorization").count(rng, "payments"), day, last - 1
    )
    evening = last * DAY + rng.integers(second(17), second(22), 1)
    return purchases(city, rng, payer, patient, np.r_[before, evening])


def _late_at_night(
    city: Stage, rng: np.random.Generator, payer: int, patient: int, relation: str, day: int
) -> Ints:
    """Authorized in the afternoon for that day; the emergency room settled before midnight."""
    start = day * DAY + int(rng.integers(second(12), second(20)))
    one_day_only = rng.random() < 0.5
    city.authorize(payer, patient, relation, start, (day + 1) * DAY - 1 if one_day_only else -1)
    hospital = int(city.pick_providers(rng, "hospital")[0])
    night = day * DAY + rng.integers(second(22), second(23.98), 1)
    return city.settle(
        rng,
        patient,
        hospital,
        night,
        care="emergency",
        purse="relative",
        payer=payer,
    )
