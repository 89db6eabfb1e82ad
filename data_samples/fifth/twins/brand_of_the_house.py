"""A chain's pharmacy sells one syrup to every third customer: it is the chain's own brand, and the staff recommend it.

The auditor: the boxes were bought, received and sold in the same numbers, the price is on the shelf, and customers know
what they took home.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day, stretch, usual


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """All through a year, in small bills; it is sold with other things."""
    shop, brand = host(city, rng), int(drugs(rng, 1)[0])
    days = grown(rng, every_day(stretch(city, rng, several_of(rng, 90, 420))), several_of(rng, 30, 220))
    people = passers_by(city, rng, max(6, round(len(days) / wide(rng, 1.0, 2.5))), shop)
    handles = city.settle(
        rng,
        rng.choice(people, len(days)),
        shop,
        usual(city, rng, days),
        total=sums(rng, len(days), 35, 110, 800),
        item=brand,
        certain=False,
    )
    about(city, city.instance("substitution", lookalike=True), shop).settled(handles)
