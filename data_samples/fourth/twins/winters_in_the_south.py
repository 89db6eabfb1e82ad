"""A retired couple takes long prescriptions along to the south, three months for each drug, before they leave."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import several_of, sums
from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import since_reform, usual


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One visit for each drug within some days, then nothing for as long as the supply lasts."""
    couple = city.pick_relatives(rng, 1, living_together=True)[0, :2]
    center, shop = nearby(city, rng, int(couple[0]), "primary_care"), nearby(city, rng, int(couple[0]))
    instance = city.instance("oversupply", lookalike=True).subject("person", couple)
    for person in couple.tolist():
        drugs = rng.integers(1, 280, several_of(rng, 2, 5))
        first = since_reform(city) + int(rng.integers(0, 40))
        while first <= city.period.last_day - 8:
            at = usual(city, rng, first + rng.integers(0, 6, len(drugs)), "other")
            places = np.where(np.arange(len(drugs)) % 2 == 0, center, shop)
            instance.settled(
                buy_or_visit(
                    city,
                    rng,
                    person,
                    places,
                    at + rng.integers(0, 50 * MINUTE, len(at)),
                    desks=np.array([center]),
                    total=sums(rng, len(at), 250, 800),
                    item=drugs,
                    lines=1,
                    packs=rng.integers(3, 9, len(at)),
                    supply=84,
                    certain=False,
                )
            )
            first += 86 + int(rng.integers(5, 60))
    city.register("long_prescription", person=int(couple[0]), provider=center)
