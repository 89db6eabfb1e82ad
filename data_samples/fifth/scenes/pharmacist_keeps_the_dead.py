"""A pharmacist keeps the cards of customers who have died, and spends what is on them while he still can.

Kind of case: cards left at the counter "for the next refill"; families report the death late and ask for nothing.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import around, grown, spells
from data_samples.fourth.extent import number, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import newcomers, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.pace import every_day, usual

FIRST = True


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """In the evening, in the same baskets as the customer used to buy; some cards only once, some for a year."""
    shop = suspect(city, rng)
    dead = newcomers(city, rng, number(rng, strength, 1, 9), account=True, age=(56, 104))
    if len(dead) == 0:
        return
    instance = city.instance("ineligible_settlement", strength=strength).subject("provider", shop)
    first, last = city.period.first_day, city.period.last_day
    hour = float(rng.uniform(17.5, 20.5))
    for person in dead.tolist():
        late = max(4, min(number(rng, strength, 10, 320), (last - first) // 2))
        died = int(rng.integers(first + 10, last - late + 1))
        city.die(person, died, enrolment_ends=chance(rng, 0.3))
        median = wide(rng, 60, 380)
        before = rng.integers(first, died, 1 + int(rng.poisson(4)))
        fen = sums(rng, len(before), median, median * 1.2, 2_000)
        city.settle(rng, person, shop, usual(city, rng, before), total=fen, certain=False)
        span = (min(died + round(wide(rng, 1, 30)), last - 1), min(died + late, last - 1))
        days = grown(rng, spells(rng, (min(span), max(span))), number(rng, strength, 1, 14))
        fen = sums(rng, len(days), median, median * 1.5, 3_000)
        instance.settled(city.settle(rng, person, shop, around(rng, days, hour, 1.2), total=fen))
    quiet = every_day((first, last - 1))[:: int(rng.integers(2, 7))]
    customers(city, rng, shop, quiet, wide(rng, 0.8, 3.0))
