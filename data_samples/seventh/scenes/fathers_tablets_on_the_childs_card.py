"""A clinic writes the parents' tablets on the children's cards, because the children's part is still open.

Kind of case: drugs limited to adults that were settled for children at a clinic.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import busy_days, campaign, hours, turns
from data_samples.seventh.measure import bills, falling, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The families come when the tablets run out; the children also have colds of their own there."""
    clinic = suspect(city, rng, "clinic")
    children = people(city, rng, how_many(rng, strength, 1, 14), clinic, age=(1, 14))
    if len(children) == 0:
        return
    span = campaign(city, rng, strength, 110, 420, since_reform(city))
    turn, days = turns(rng, len(children), span, falling(rng, strength, 16, 45))
    own = np.array([limited(rng, "adult") for _ in children])
    instance = city.instance("age_incompatible_item", strength=strength)
    instance.subject("provider", clinic).member("person", children)
    instance.settled(
        city.settle(
            rng,
            children[turn],
            clinic,
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(turn), 90, 320),
            item=own[turn],
            packs=rng.integers(1, 4, len(turn)),
            certain=False,
        )
    )
    colds = busy_days(rng, span, 2 * len(children))
    city.settle(
        rng,
        rng.choice(children, len(colds)),
        clinic,
        hours(rng, colds, "desk"),
        care="outpatient",
        total=bills(rng, len(colds), 30, 120),
        certain=False,
    )
    honest_days(city, rng, clinic, span)
