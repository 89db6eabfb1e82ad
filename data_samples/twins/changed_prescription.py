"""Looks like D09: the doctor calls, the prescription is changed, and the purchase is made again.

The call comes within the hour or on one of the next days; the drugs that come instead have another price.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 20
_LATEST = 3


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one to three changed prescriptions in the period."""
    for person in city.pick_people(rng, share(instances, _SHARE), age=(25, 95), unrelated=False).tolist():
        district = int(city.people.district[person])
        pharmacy = int(city.pick_providers(rng, "pharmacy", district=district)[0])
        desk = int(city.pick_providers(rng, "primary_care", district=district)[0])
        often = int(rng.integers(1, 4))
        day = city.days(rng, often, last_day=city.period.last_day - _LATEST)
        at = day * DAY + rng.integers(second(10), second(17), often)
        doctor = int(rng.integers(0, city.places.doctors[desk]))
        first = city.settle(
            rng,
            person,
            pharmacy,
            at,
            desk=desk,
            doctor=doctor,
            prescribed=at - 40 * MINUTE,
        )
        days_later = np.where(rng.random(often) < 0.6, 0, rng.integers(1, _LATEST, often)) * DAY
        back = at + days_later + city.ranges("changed_prescription").counts(rng, "minutes", often) * MINUTE
        city.reverse(first, back)
        changed = city.settle(
            rng,
            person,
            pharmacy,
            back + rng.integers(2 * MINUTE, 20 * MINUTE, often),
            desk=desk,
            doctor=doctor,
            prescribed=back - 5 * MINUTE,
            certain=False,
        )
        instance = city.instance("refund_resettle_loop", lookalike=True).subject("person", person)
        instance.member("provider", pharmacy).settled(first).settled(changed)
