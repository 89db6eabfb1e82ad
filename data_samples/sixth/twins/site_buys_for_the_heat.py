"""The workers of a site buy the same remedies against heat in the same lunch hour.

Lawful because each buys two boxes for himself at the shop next to the site, and the purchase is registered.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import in_line
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, spare
from data_samples.third.goods import drugs


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One to three days, the same few items at the same price."""
    shop = host(city, rng)
    wanted = spare(city, int(any_of(rng, 5, 40)))
    employer = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    workers = city.pick_people(rng, min(wanted, free), employer=employer, account=True, unrelated=False)
    days = city.days(rng, int(rng.integers(1, 4)))
    items, price = drugs(rng, 2), int(amounts(rng, 1, 18, 60)[0])
    instance = about(city, city.instance("card_concentration", lookalike=True), shop).member(
        "person", workers
    )
    for day in days.tolist():
        city.register("event", provider=shop, first_day=day, last_day=day)
        at = in_line(rng, np.full(len(workers), day), (11.6, 12.3), 1.2)
        item = rng.choice(items, len(workers))
        instance.settled(
            city.settle(rng, workers, shop, at, total=2 * price, item=item, packs=2, lines=1, certain=False)
        )
