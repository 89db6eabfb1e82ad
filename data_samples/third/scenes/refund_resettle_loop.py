"""One box, many sales: settled, undone minutes later, and settled again on the next card.

The trade press: refunds ten minutes after the sale, and one drug that went round fourteen times.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, geometric, normal, of, pareto
from data_samples.third.goods import drugs
from data_samples.third.pace import between, outings, queue, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few cards of the clerk's friends; loops of other lengths, other sums, some left standing."""
    shop = suspect(city, rng)
    friends = neighbors(city, rng, of(strength, 3, 4, 6), shop, account=True)
    span = stretch(city, rng, normal(rng, of(strength, 45, 80, 130), 0.3, 20, 240))
    days = outings(rng, span, pareto(rng, of(strength, 4, 8, 14), 1.8, 45))
    goods = drugs(rng, 3)
    clerk = int(rng.integers(city.places.counters[shop]))
    instance = city.instance("refund_resettle_loop", strength=strength)
    instance.subject("provider", shop).member("person", friends)
    for day in days.tolist():
        rounds = geometric(rng, of(strength, 2.0, 3.0, 4.5), 2, 14)
        friend, price = int(rng.choice(friends)), bills(rng, 1, 180, 0.5)[0]
        start = int(between(rng, day, 8.5, 19.0)[0])
        at = queue(rng, start, 2 * rounds, of(strength, 16.0, 11.0, 7.0), 0.5)
        handles = city.settle(
            rng,
            friend,
            shop,
            at[0::2],
            total=np.round(price * np.exp(0.06 * rng.standard_normal(rounds))).astype(np.int64),
            item=int(rng.choice(goods)),
            packs=1,
            counter=clerk if rng.random() < of(strength, 0.6, 0.75, 0.9) else 0,
        )
        undone = handles[:-1] if rng.random() < 0.5 else handles
        city.reverse(undone, at[1::2][: len(undone)])
        instance.settled(handles)
    customers(city, rng, shop, days, 3.0)
