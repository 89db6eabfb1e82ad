"""In a wave of coughs a shop sells hardly anything but one drug.

Lawful because very many people buy a pack or two each, within the few weeks of the wave.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, hours
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Before and after it the shop sells other things."""
    shop = host(city, rng)
    item = int(drugs(rng, 1)[0])
    count = int(between_any(rng, 40, 140))
    days = busy_days(rng, stretch(city, rng, int(rng.integers(18, 40))), count)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 2 * count, shop), count),
        shop,
        hours(rng, days, "shop"),
        total=bills(rng, count, 25, 90),
        item=item,
        packs=rng.integers(1, 3, count),
        lines=1,
        certain=False,
    )
    about(city, city.instance("substitution", lookalike=True), shop).settled(handles)
