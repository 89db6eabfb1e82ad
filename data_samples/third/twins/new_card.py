"""A lost phone and a lost card: the credential changes, and so does the doctor, for somebody who moved across town."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.dice import bills, normal
from data_samples.third.pace import about_every, stretch, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One change for good; the drug stays the same before and after it."""
    person = owner(city, rng, age=(25, 85))
    before = nearby(city, rng, person, "primary_care")
    after = farthest(city, rng, before, "primary_care")
    days = about_every(rng, stretch(city, rng, normal(rng, 240, 0.35, 80, 480)), 20, 0.2)
    moved = days >= days[len(days) // 2]
    handles = city.settle(
        rng,
        person,
        np.where(moved, after, before),
        usual(city, rng, days, "other"),
        care="outpatient",
        total=bills(rng, len(days), 150, 0.3),
        item=int(rng.integers(1, 280)),
        credential=np.where(moved, 2, 0),
        certain=False,
    )
    city.instance("impersonation", lookalike=True).subject("person", person).settled(handles)
