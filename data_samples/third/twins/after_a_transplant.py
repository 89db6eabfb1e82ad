"""After a transplant: costly drugs of the watch list, several hospitals, many doctors, the same every fortnight."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import owner
from data_samples.third.dice import bills, normal
from data_samples.third.goods import drugs
from data_samples.third.pace import about_every, stretch, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Under a special disease programme, each box when the last one is used up; tests in between."""
    person = owner(city, rng, age=(25, 75))
    hospitals = city.pick_providers(rng, "hospital", 3)
    days = about_every(rng, stretch(city, rng, normal(rng, 330, 0.35, 110, 660)), 14, 0.08)
    goods = drugs(rng, 2, watched=True)
    handles = city.settle(
        rng,
        person,
        rng.choice(hospitals, len(days), p=[0.6, 0.25, 0.15]),
        usual(city, rng, days, "other"),
        care="special_outpatient",
        programme=6,
        total=bills(rng, len(days), 640, 0.2),
        item=goods[np.arange(len(days)) % 2],
        packs=2,
        supply=14,
        lines=rng.choice([1, 2], len(days)),
    )
    city.instance("professional_buyer", lookalike=True).subject("person", person).settled(handles)
