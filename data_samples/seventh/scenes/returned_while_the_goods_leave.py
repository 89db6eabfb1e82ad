"""A dear drug is settled, returned in the books minutes later, and settled again, while the box is long gone.

Kind of case: refunds some ten minutes after a settlement, the same drug going round many times in two months.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, minutes_after, sessions, turns
from data_samples.seventh.measure import bills, falling, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A handful of couriers' cards; each day has one round or several."""
    shop = suspect(city, rng)
    couriers = people(city, rng, how_many(rng, strength, 1, 8), account=True, age=(22, 60))
    span = campaign(city, rng, strength, 30, 160, since_reform(city))
    turn, days = turns(rng, len(couriers), span, falling(rng, strength, 4, 14))
    rounds = 1 + rng.binomial(3, 0.12 * strength, len(turn))
    turn, days = np.repeat(turn, rounds), np.repeat(days, rounds)
    order = np.lexsort((turn, days))
    turn, days = turn[order], days[order]
    at = sessions(rng, days, (9.5, 15.0), 32)
    handles = city.settle(
        rng,
        couriers[turn],
        shop,
        at,
        total=bills(rng, len(turn), 280, 860),
        item=int(drugs(rng, 1, watched=True)[0]),
        packs=rng.integers(1, 4, len(turn)),
        counter=0,
    )
    undone = rng.random(len(handles)) < rng.uniform(0.6, 0.95)
    undone[0] = True
    city.reverse(handles[undone], minutes_after(rng, at[undone], 4, 17))
    instance = city.instance("refund_resettle_loop", strength=strength)
    instance.subject("provider", shop).member("person", couriers).settled(handles)
    honest_days(city, rng, shop, span)
