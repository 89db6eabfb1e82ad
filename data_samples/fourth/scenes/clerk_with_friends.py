"""A settlement clerk enters bills by hand for friends, a little below what a second signature is needed for.

Kind of case: agency and hospital staff who reimburse invented invoices to acquaintances and share with them.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import by_hand
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import bursts, on_workdays, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """In office hours, between true entries by hand of the same desk; a few people, again and again."""
    place = suspect(city, rng, str(rng.choice(["hospital", "primary_care"])))
    counter = int(rng.integers(city.places.counters[place]))
    friends = owners(city, rng, number(rng, strength, 2, 12), age=(25, 80))
    first = since_reform(city)
    span = phase(city, rng, strength, 60, 420, first)
    days = np.maximum(on_workdays(bursts(rng, span, number(rng, strength, 7, 80))), span[0])
    at = between(rng, days, 8.5, 17.5)
    line = wide(rng, 900, 5_000)
    below = line * 100 * (1 - rng.beta(1.2, 1.2 + 8 * portion(rng, strength, 0.2, 0.9), len(at)))
    total = np.where(
        rng.random(len(at)) < portion(rng, strength, 0.3, 0.8), below, sums(rng, len(at), 200, 900)
    )
    fields = by_hand(rng, at, (1, 60), first)
    handles = city.settle(
        rng,
        rng.choice(friends, len(at)),
        place,
        at,
        care="outpatient",
        total=np.maximum(total, 5_000).astype(np.int64),
        counter=counter,
        certain=False,
        **fields,
    )
    instance = city.instance("insider_operation", strength=strength).subject("provider", place)
    instance.member("person", friends).settled(handles)
    true = np.maximum(on_workdays(bursts(rng, span, number(rng, strength, 15, 60))), span[0])
    at = between(rng, true, 8.5, 17.5)
    others = rng.choice(passers_by(city, rng, 2 * len(at), place), len(at))
    fields = by_hand(rng, at, (1, 40), first)
    city.settle(rng, others, place, at, care="outpatient", counter=counter, certain=False, **fields)
    customers(city, rng, place, np.unique(days), 2.0)
