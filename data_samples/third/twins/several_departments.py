"""A day at the hospital: eyes, heart and joints, each with its own doctor, its own illness and its own bill."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills, geometric, normal, pareto
from data_samples.third.pace import between, outings, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Who comes from far away does everything on one day; the sums happen to be like each other."""
    hospital = host(city, rng, "hospital")
    instance = about(city, city.instance("split_prescription", lookalike=True), hospital)
    days = outings(rng, stretch(city, rng, normal(rng, 180, 0.35, 60, 360)), pareto(rng, 6, 1.8, 40))
    guests = passers_by(city, rng, len(days), hospital)
    for guest, day in zip(guests.tolist(), days.tolist(), strict=False):
        visits = geometric(rng, 3.0, 2, 6)
        at = queue(rng, int(between(rng, day, 8.0, 10.0)[0]), visits, 40.0, 0.4)
        desks = int(city.places.doctors[hospital])
        handles = city.settle(
            rng,
            guest,
            hospital,
            at,
            care="outpatient",
            total=bills(rng, visits, 170, 0.2),
            doctor=rng.choice(desks, visits, replace=desks < visits),
            diagnosis=rng.choice(60, visits, replace=False),
            certain=False,
        )
        instance.settled(handles)
