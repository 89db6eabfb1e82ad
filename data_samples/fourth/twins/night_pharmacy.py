"""A pharmacy that is open all night serves the hospital's emergency patients, with prescriptions of its doctors."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, host, passers_by
from data_samples.third.goods import prescribed
from data_samples.third.pace import between, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """At any hour between evening and morning; whoever was taken ill, once."""
    hospital = host(city, rng, "hospital")
    shop = int(closest(city, hospital, "pharmacy")[0])
    span = stretch(city, rng, several_of(rng, 60, 450), since_reform(city))
    days = bursts(rng, span, several_of(rng, 15, 160))
    at = between(rng, days, 19.0, 29.0)
    people = passers_by(city, rng, 2 * len(at), shop)
    order = prescribed(city, rng, hospital, at, minutes=(8, 120))
    total = sums(rng, len(at), 60, 240)
    who = rng.permutation(people)[np.arange(len(at)) % len(people)]
    handles = city.settle(rng, who, shop, at, total=total, certain=False, **order)
    about(city, city.instance("fictitious_purchase", lookalike=True), shop).settled(handles)
