"""A drug that is short: somebody gets a box here and a box there, which together last as long as they must."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import patient, several
from data_samples.third.dice import bills, normal
from data_samples.third.goods import drugs
from data_samples.third.pace import about_every, stretch, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Each box is for a week or two; the next one is fetched when it ends, wherever there is one."""
    person = patient(city, rng, age=(45, 95))
    district = int(city.people.district[person])
    places = several(city, rng, 5, "primary_care", "clinic", "hospital", district=district)
    supply = int(rng.choice([7, 10, 14]))
    days = about_every(rng, stretch(city, rng, normal(rng, 200, 0.35, 66, 400)), supply * 1.03, 0.06)
    instance = city.instance("cross_provider_same_drug", lookalike=True).subject("person", person)
    handles = city.settle(
        rng,
        person,
        rng.choice(places, len(days)),
        usual(city, rng, days, "other"),
        care="outpatient",
        total=bills(rng, len(days), 60, 0.15),
        item=drugs(rng, 1)[0],
        packs=1,
        supply=supply,
        lines=1,
        certain=False,
    )
    instance.settled(handles)
