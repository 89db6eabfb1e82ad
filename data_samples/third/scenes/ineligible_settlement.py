"""The family goes on using the card of somebody who has died, as long as the death is not registered."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, newcomers
from data_samples.third.dice import bills, geometric, of
from data_samples.third.pace import outings, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Monthly drugs at the usual pharmacy, a visit among them; it stops when it becomes dangerous."""
    people = newcomers(city, rng, 1, account=True, age=(62, 98))
    if len(people) == 0:
        return
    person = int(people[0])
    room = city.period.last_day - city.period.first_day
    death = city.period.first_day + int(rng.integers(room // 4, 3 * room // 4))
    city.die(person, death, enrolment_ends=bool(rng.random() < 0.5))
    until = min(death + geometric(rng, of(strength, 40, 90, 160), 15, 400), city.period.last_day)
    shop = nearby(city, rng, person)
    before = outings(rng, (max(city.period.first_day, death - 150), death - 1), 4)
    city.settle(rng, person, shop, usual(city, rng, before), total=bills(rng, len(before), 110, 0.4))
    days = outings(
        rng, (death + 1, until), geometric(rng, of(strength, 1.5, 3.5, 8.0), of(strength, 1, 2, 4), 25)
    )
    at = usual(city, rng, days) // DAY * DAY + rng.integers(9 * 3600, 19 * 3600, len(days))
    handles = city.settle(rng, person, shop, at, total=bills(rng, len(days), 120, 0.5))
    city.instance("ineligible_settlement", strength=strength).subject("person", person).settled(handles)
