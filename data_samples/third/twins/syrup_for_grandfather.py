"""An old man who cannot swallow gets the children's syrup, from the hospital that treats his stroke."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, patient
from data_samples.third.dice import bills, normal
from data_samples.third.goods import limited
from data_samples.third.pace import about_every, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One doctor, one diagnosis, a bottle every ten days, beginning and ending with the illness."""
    person = patient(city, rng, age=(68, 97))
    hospital = nearby(city, rng, person, "hospital")
    days = about_every(rng, stretch(city, rng, normal(rng, 110, 0.35, 36, 220)), 10, 0.15)
    handles = city.settle(
        rng,
        person,
        hospital,
        usual(city, rng, days, "other"),
        care="outpatient",
        total=bills(rng, len(days), 45, 0.15),
        item=limited(rng, "child"),
        lines=1,
        doctor=int(rng.integers(city.places.doctors[hospital])),
        diagnosis=7,
        certain=False,
    )
    city.instance("age_incompatible_item", lookalike=True).subject("person", person).settled(handles)
