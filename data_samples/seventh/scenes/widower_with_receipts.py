"""Relatives and a shop go on settling for people who have died, by receipts that the shop writes.

Kind of case: a husband who had his dead wife's chronic drugs settled for months with a shop's help.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, in_bed
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import bills, falling, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Months of the same drugs, sometimes by hand; the shop has living customers too."""
    shop = suspect(city, rng)
    dead = in_bed(city, rng, how_many(rng, strength, 1, 7), account=True, age=(60, 101))
    if len(dead) == 0:
        return
    first = since_reform(city)
    instance = city.instance("ineligible_settlement", strength=strength)
    instance.subject("provider", shop).member("person", dead)
    for person in dead.tolist():
        length = how_many(rng, strength, 50, 320)
        death = int(rng.integers(first + 2, max(first + 3, city.period.last_day - length)))
        city.die(person, death, enrolment_ends=bool(rng.random() < 0.4))
        days = renewals(
            rng, (death + 1, min(death + length, city.period.last_day)), falling(rng, strength, 13, 26)
        )
        instance.settled(
            city.settle(
                rng,
                person,
                shop,
                hours(rng, days, "shop"),
                total=bills(rng, len(days), 90, 360),
                item=int(drugs(rng, 1)[0]),
                credential=2,
                channel="manual" if rng.random() < 0.3 else "online",
            )
        )
    honest_days(city, rng, shop, (first, city.period.last_day))
