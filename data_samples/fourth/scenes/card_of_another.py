"""An uninsured man is treated on a woman's card, month after month, in a district where she is not known.

Kind of case: long-term use of a relative's or friend's card by somebody without insurance; what was prescribed does
not fit the holder, who meanwhile goes to her own clinic.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.people import among
from data_samples.fourth.rhythm import after, bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, nearby, several
from data_samples.third.goods import drugs, limited, mixed
from data_samples.third.pace import between, since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Now and then both are seen on one day, hours or minutes apart; the user needs what no woman needs."""
    holder = int(among(city, rng, ~city.people.male, 1, account=True, age=(30, 80))[0])
    home = nearby(city, rng, holder, "clinic")
    away = farthest(city, rng, home, "hospital")
    district = int(city.places.district[away])
    desks = np.unique(np.r_[away, several(city, rng, 2, "clinic", "primary_care", district=district)])
    places = np.r_[desks, several(city, rng, 2, "pharmacy", district=district)]
    span = phase(city, rng, strength, 80, 400, since_reform(city))
    days = np.unique(bursts(rng, span, number(rng, strength, 9, 60)))
    at = between(rng, days, 8.0, 17.5)
    item = mixed(rng, len(at), drugs(rng, 4), 0.7)
    wrong = rng.random(len(at)) < portion(rng, strength, 0.05, 0.3)
    wrong[int(rng.integers(len(at)))] = True
    item[wrong] = limited(rng, "male")
    handles = buy_or_visit(
        city,
        rng,
        holder,
        uneven(rng, places, len(at)),
        at,
        desks=desks,
        total=sums(rng, len(at), 110, 420),
        item=item,
        credential=int(rng.choice([1, 2])),
    )
    city.instance("impersonation", strength=strength).subject("person", holder).settled(handles)
    both = at[rng.random(len(at)) < portion(rng, strength, 0.08, 0.4)]
    if len(both):
        city.settle(rng, holder, home, after(rng, both, 12, 300), care="outpatient", certain=False)
