"""A seaman buys medicine for three months in a week, at the pharmacy and from the hospital, and then nothing for long.

The auditor: the long prescription is registered, the ship's papers have his name, and the boxes last to the next port.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform, stretch, usual

_VOYAGE = 84
"""Days for which medicine is taken along."""


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Once, twice or three times in the data, about a hundred days apart."""
    person = owner(city, rng, age=(24, 60))
    places = np.array([nearby(city, rng, person, kind) for kind in ("hospital", "pharmacy")])
    items = drugs(rng, int(rng.integers(1, 4)), watched=bool(rng.random() < 0.4))
    price = sums(rng, len(items), 300, 1_200, 5_000)
    day = stretch(city, rng, several_of(rng, 10, 300), since_reform(city))[0]
    instance = city.instance("professional_buyer", lookalike=True).subject("person", person)
    while day <= city.period.last_day - 8:
        days = day + np.sort(rng.integers(0, 7, len(items)))
        handles = buy_or_visit(
            city,
            rng,
            person,
            rng.choice(places, len(items)),
            np.sort(usual(city, rng, days, "other")),
            desks=places[:1],
            total=price,
            item=items,
            packs=int(rng.integers(6, 13)),
            lines=1,
            supply=_VOYAGE,
            diagnosis=int(rng.integers(60)),
            certain=False,
        )
        instance.settled(handles)
        city.register("long_prescription", person=person, first_day=day, last_day=day + _VOYAGE)
        day += _VOYAGE + int(rng.integers(8, 40))
