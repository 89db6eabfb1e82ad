"""Who buys for a living: easily resold drugs at the most that is allowed, at many doctors', on a family's cards.

Beijing's cases: prescriptions look plausible because real patients mix items; the collector pays 40 to 50 %.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several
from data_samples.third.dice import bills, chance, normal, of, thinned
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import about_every, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A steady round, a month off now and then, cheap everyday items among the costly ones."""
    people = [owner(city, rng, age=(45, 90))]
    if chance(rng, of(strength, 0.2, 0.4, 0.6)):
        home = city.household_of(people[0])
        kin = home[~city.taken[home] & city.steady[home]][:2]
        city.taken[kin] = True
        people += kin.tolist()
    span = stretch(city, rng, normal(rng, of(strength, 150, 240, 330), 0.25, 80, 700))
    places = several(city, rng, of(strength, 4, 6, 9), "hospital", "primary_care", "clinic")
    goods = drugs(rng, of(strength, 2, 3, 4), watched=True)
    instance = city.instance("professional_buyer", strength=strength)
    instance.subject("person", people[0])
    if people[1:]:
        instance.member("person", people[1:])
    for person in people:
        days = about_every(rng, span, of(strength, 16.0, 10.0, 6.0), 0.25)
        month = days // 30
        days = thinned(rng, days[month != rng.choice(month)], 0.85, 3)
        count = len(days)
        packs = np.minimum(2 + rng.binomial(2, 0.6, count), 4)
        handles = city.settle(
            rng,
            person,
            rng.choice(places, count),
            usual(city, rng, days, "other"),
            care="outpatient",
            total=packs * bills(rng, count, of(strength, 75, 105, 130), 0.25),
            item=mixed(rng, count, goods, of(strength, 0.6, 0.7, 0.8)),
            packs=packs,
            lines=rng.choice([1, 2, 3], count),
        )
        instance.settled(handles)
