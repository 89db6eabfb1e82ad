"""What is left of the year's pooled money is spent before the year ends: tonics and stock for relatives.

The campaign of 2025 names pharmacies that urge customers to use up their limit.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owner
from data_samples.third.dice import normal, of, split
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import outings, since_reform, usual
from data_samples.third.values import cost_of_a_cap, year_ends


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Weeks before the turn of the year, in a few large visits, at one or two places."""
    ends = [end for end in year_ends(city) if end - since_reform(city) > 60]
    if not ends:
        return
    end = int(rng.choice(ends))
    person = owner(city, rng, age=(30, 90))
    places = city.pick_providers(rng, "primary_care", 2, district=int(city.people.district[person]))
    weeks = normal(rng, of(strength, 9, 6, 3), 0.25, 2, 12)
    days = outings(rng, (end - 7 * weeks, end), normal(rng, of(strength, 12, 10, 7), 0.25, 4, 24))
    share = of(strength, 0.85, 0.98, 1.1) * float(np.exp(0.05 * rng.standard_normal()))
    handles = city.settle(
        rng,
        person,
        rng.choice(places, len(days)),
        usual(city, rng, days, "other"),
        care="outpatient",
        total=split(rng, int(share * cost_of_a_cap(city, person, end, len(days))), len(days), 4.0),
        item=mixed(rng, len(days), drugs(rng, 3), 0.6),
        packs=rng.integers(2, 12, len(days)),
        in_scope=True,
    )
    city.instance("cap_rush", strength=strength).subject("person", person).settled(handles)
