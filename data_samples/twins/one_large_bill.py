"""Looks like D10: one bill takes the whole account: an operation, or a device, once and never again."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours
from data_samples.twins.share import share

_SHARE = 50
_NIGHTS = 6


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account; a stay and a purchase at a pharmacy take turns."""
    for number in range(share(instances, _SHARE)):
        owner = int(city.pick_people(rng, 1, account=True, age=(40, 90))[0])
        first, last = a_month(city, rng)
        day = int(rng.integers(first + _NIGHTS, last + 1))
        stay = number % 2 == 0
        place = int(city.pick_providers(rng, "hospital" if stay else "pharmacy")[0])
        at = in_hours(rng, day, 9, 16)
        city.set_opening(owner, int(rng.integers(20_000, 150_000)))
        handles = city.settle(
            rng,
            owner,
            place,
            at,
            care="inpatient" if stay else "pharmacy",
            admitted=day - _NIGHTS if stay else -1,
            total=city.ranges("one_large_bill").fen(rng, "stay" if stay else "purchase", 1),
            certain=False,
        )
        instance = city.instance("account_cash_out", lookalike=True)
        instance.subject("payer_account", owner).member("person", owner).settled(handles)
