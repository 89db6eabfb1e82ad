"""A carer of a home fetches the tablets of a whole floor on one day of the month.

Lawful because the home and the purchase for others are registered, and everybody gets their own drug.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import sessions
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.goods import drugs


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same old people, minutes apart."""
    shop = host(city, rng)
    old = people(city, rng, int(between_any(rng, 4, 14)), shop, age=(72, 101))
    for person in old.tolist():
        city.register("nursing_home", person=person)
        city.register("agent_purchase", person=person, provider=shop)
    item, price = drugs(rng, len(old)), bills(rng, len(old), 40, 220)
    days = city.period.month_starts + rng.integers(3, 9, city.period.months)
    who = np.tile(np.arange(len(old)), len(days))
    when = np.repeat(days, len(old))
    here = rng.random(len(who)) < 0.9
    handles = city.settle(
        rng,
        old[who[here]],
        shop,
        sessions(rng, when[here], (9.0, 15.0), 2.5),
        total=price[who[here]],
        item=item[who[here]],
        packs=2,
        lines=1,
        supply=30,
        credential=2,
        certain=False,
    )
    instance = about(city, city.instance("card_concentration", lookalike=True), shop)
    instance.member("person", old).settled(handles)
