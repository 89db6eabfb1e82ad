"""A clinic writes years of a lipid drug for people who are urged to take all that the fund will pay.

Kind of case: about one hundred and ninety boxes of a lipid drug prescribed to one person.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, hours, turns
from data_samples.seventh.measure import falling, grade, how_many, price_list
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Large numbers of boxes, again before the former could be used; the sums are those of the boxes."""
    clinic = suspect(city, rng, "clinic")
    takers = people(city, rng, how_many(rng, strength, 1, 13), clinic, age=(45, 90))
    span = campaign(city, rng, strength, 70, 320, since_reform(city))
    turn, days = turns(rng, len(takers), span, falling(rng, strength, 11, 32))
    packs = np.clip(rng.poisson(grade(rng, strength, 8, 48), len(turn)), 4, 64)
    price = price_list(rng, 7, 26)[0]
    instance = city.instance("oversupply", strength=strength)
    instance.subject("provider", clinic).member("person", takers)
    instance.settled(
        city.settle(
            rng,
            takers[turn],
            clinic,
            hours(rng, days, "desk"),
            care="outpatient",
            total=price * packs,
            item=int(drugs(rng, 1)[0]),
            packs=packs,
            supply=np.where(rng.random(len(turn)) < 0.5, 7 * packs, -1),
            lines=1,
            certain=False,
        )
    )
    honest_days(city, rng, clinic, span)
