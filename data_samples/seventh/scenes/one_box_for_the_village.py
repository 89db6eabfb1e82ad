"""A village doctor scans one box again and again, and hands out something cheaper.

Kind of case: the code of one box settled eight times at a village room that had no invoice for it.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few boxes, each for several patients over weeks."""
    room = suspect(city, rng, "clinic")
    start = since_scans(city)
    span = (start, city.period.last_day)
    instance = city.instance("duplicate_trace_code", strength=strength).subject("provider", room)
    villagers = passers_by(city, rng, 60, room)
    for _ in range(how_many(rng, strength, 1, 9)):
        uses = 1 + how_many(rng, strength, 1, 8)
        first = int(rng.integers(start, max(start + 1, span[1] - 20)))
        days = np.sort(rng.integers(first, min(first + int(rng.integers(8, 90)), span[1]) + 1, uses))
        at = np.sort(hours(rng, days, "desk"))
        handles = city.settle(
            rng,
            rng.choice(villagers, uses),
            room,
            at,
            care="outpatient",
            total=bills(rng, uses, 18, 75),
            item=int(drugs(rng, 1)[0]),
            packs=1,
            lines=1,
            certain=False,
        )
        city.sell_again(handles[1:], np.repeat(handles[:1], uses - 1))
        instance.settled(handles)
    honest_days(city, rng, room, span)
