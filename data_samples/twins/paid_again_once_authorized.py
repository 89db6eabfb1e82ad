"""Looks like D26: a payment before the authorization was reversed, and made again once the authorization was given."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.policy import lawful_from
from data_samples.twins.payment import KIN, ordinary_times, purchases, record
from data_samples.twins.share import share

_SHARE = 15
_SPAN = 60

RANDOM_STREAM = "data_samples.twins.paid_again_once_authorised"
"""The module's earlier name, so that the city's bytes stay."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one payer and one relative; what stands was all paid while authorized."""
    for _ in range(share(instances, _SHARE)):
        payer, patient, relation = city.pick_relatives(rng, 1)[0].tolist()
        day = int(rng.integers(lawful_from(city), city.period.last_day - _SPAN))
        early = ordinary_times(city, rng, 1, day, day + 1)
        place = city.pick_providers(rng, "pharmacy", district=int(city.people.district[patient]))
        total = city.ranges("paid_again_once_authorized").fen(rng, "price", 1)
        undone = _paid(city, rng, payer, patient, place, early, total)
        back = early + rng.integers(3 * MINUTE, 30 * MINUTE, 1)
        city.reverse(undone, back)
        granted = back + rng.integers(1 * MINUTE, 20 * MINUTE, 1)
        city.authorize(payer, patient, KIN[relation], int(granted[0]))
        again = granted + rng.integers(1 * MINUTE, 15 * MINUTE, 1)
        right = _paid(city, rng, payer, patient, place, again, total)
        often = city.ranges("paid_again_once_authorized").count(rng, "payments") - 1
        later = (
            purchases(city, rng, payer, patient, ordinary_times(city, rng, often, day + 3, day + _SPAN))
            if often
            else np.array([], dtype=np.int64)
        )
        record(city, payer, patient, np.concatenate([undone, right, later]))


def _paid(
    city: Stage, rng: np.random.Generator, payer: int, patient: int, place: Ints, at: Ints, total: Ints
) -> Ints:
    return city.settle(
        rng, patient, place, at, purse="relative", payer=payer, total=total, in_scope=True, item=7, lines=1
    )
