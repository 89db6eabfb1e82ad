"""Benefits are suspended for arrears, and a friendly desk goes on letting the pooled fund pay."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, newcomers
from data_samples.third.dice import bills, geometric, normal, of
from data_samples.third.pace import outings, since_reform, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some visits of the weeks without cover, none of them on its first day."""
    people = newcomers(city, rng, 1, categories=["active", "flexible"], age=(22, 60))
    if len(people) == 0:
        return
    person = int(people[0])
    first, last = stretch(
        city, rng, normal(rng, of(strength, 25, 45, 75), 0.3, 12, 120), since_reform(city) + 5
    )
    city.pause_cover(person, first, last)
    place = nearby(city, rng, person, str(rng.choice(["primary_care", "hospital"])))
    days = outings(rng, (min(first + 2, last), last), geometric(rng, of(strength, 1.5, 3.0, 6.0), 1, 15))
    at = np.minimum(usual(city, rng, days, "other"), (last + 1) * DAY - 7_200)
    handles = city.settle(
        rng,
        person,
        place,
        at,
        care="outpatient",
        total=bills(rng, len(days), of(strength, 180, 300, 500), 0.5),
        in_scope=True,
    )
    city.instance("ineligible_settlement", strength=strength).subject("person", person).settled(handles)
