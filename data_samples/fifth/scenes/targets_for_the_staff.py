"""A pharmacy chain sets its staff a target; who is below it on the last evenings swipes the own card.

Kind of case: staff who "buy" at their own counter by the month; goods go back to the shelf, the manager looks away.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import around
from data_samples.fourth.extent import number, portion, sums, uneven, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.cover import customers, own_purchases


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some months more, some not at all; the same people also buy what they need."""
    shop = suspect(city, rng)
    wanted = number(rng, strength, 2, 9)
    employer = city.pick_employer(rng, wanted)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    if not free.any():
        return
    staff = city.pick_people(rng, min(wanted, int(free.sum())), employer=employer, unrelated=False)
    span = phase(city, rng, strength, 60, 520)
    ends = np.r_[city.period.month_starts[1:], city.period.last_day + 1] - 1
    ends = ends[(ends >= span[0]) & (ends <= span[1] + 27)]
    ends = ends if len(ends) else np.array([span[1]])
    instance = city.instance("staff_self_dealing", strength=strength).subject("provider", shop)
    short, evening = portion(rng, strength, 0.4, 0.95), float(rng.uniform(18.5, 20.8))
    used: set[int] = set()
    for end in ends.tolist():
        missing = staff[rng.random(len(staff)) < short]
        missing = missing if len(missing) else staff[:1]
        times = len(missing) + number(rng, strength, 1, 9)
        who = np.r_[missing, uneven(rng, missing, times - len(missing))]
        days = np.maximum(end - rng.geometric(wide(rng, 0.3, 0.8), times) + 1, city.period.first_day)
        used |= set(who.tolist())
        total = sums(rng, times, 90, 520, 4_000)
        instance.settled(city.settle(rng, who, shop, around(rng, days, evening, 0.5), total=total))
    instance.member("person", sorted(used))
    own_purchases(city, rng, staff, shop, span, wide(rng, 0.5, 5.0))
    customers(city, rng, shop, np.arange(span[0], span[1] + 1, 3), wide(rng, 1.0, 5.0))
