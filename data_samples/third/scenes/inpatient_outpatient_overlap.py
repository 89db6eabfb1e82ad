"""A hospital lets its patients buy at its outpatient desk what belongs into the bill of their stay."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import inside, stay
from data_samples.third.cast import newcomers, suspect
from data_samples.third.dice import bills, geometric, normal, of, pareto
from data_samples.third.pace import since_reform, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """For some patients, on one or more days of the stay; tests and costly drugs."""
    hospital = suspect(city, rng, "hospital")
    patients = newcomers(city, rng, pareto(rng, of(strength, 4, 7, 12), 1.8, 30), age=(20, 95))
    instance = city.instance("inpatient_outpatient_overlap", strength=strength).subject("provider", hospital)
    for person in patients.tolist():
        nights = normal(rng, 8, 0.4, 4, 30)
        admitted = stretch(city, rng, nights + 1, since_reform(city))[0]
        stay(city, rng, person, hospital, admitted, nights, int(bills(rng, 1, 5200, 0.4)[0]))
        visits = geometric(rng, of(strength, 1.2, 1.8, 3.0), 1, 8)
        at = inside(rng, admitted, admitted + nights, visits, 8.5, 16.5)
        handles = city.settle(
            rng,
            person,
            hospital,
            at,
            care="outpatient",
            total=bills(rng, len(at), of(strength, 220, 320, 480), 0.5),
        )
        instance.settled(handles)
