"""A patient with a rare disease gets dear, watched drugs wherever they are in stock, as much as the disease needs."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import patient, several
from data_samples.third.goods import drugs
from data_samples.third.pace import about_every, since_reform, stretch, usual


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A month's supply about every month, for most of the time at one of a few places."""
    person = patient(city, rng, age=(18, 80))
    desks = several(city, rng, several_of(rng, 1, 4), "hospital", "primary_care")
    places = np.r_[desks, several(city, rng, several_of(rng, 1, 4), "pharmacy")]
    span = stretch(city, rng, several_of(rng, 120, 500), since_reform(city))
    at = usual(city, rng, about_every(rng, span, 31), "other")
    handles = buy_or_visit(
        city,
        rng,
        person,
        rng.choice(places, len(at)),
        at,
        desks=desks,
        total=sums(rng, len(at), 400, 2_200),
        item=int(drugs(rng, 1, watched=True)[0]),
        lines=1,
        supply=28,
        certain=False,
    )
    city.instance("professional_buyer", lookalike=True).subject("person", person).settled(handles)
