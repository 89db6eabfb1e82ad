"""Seen at the outpatient desk in the morning, admitted at noon; medicine for home on the day of discharge."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.dice import bills, normal
from data_samples.third.pace import between, since_reform, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The first and the last day of a stay belong to both; all patients of a hospital, at its own desk."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, 8, age=(20, 95))
    instance = about(city, city.instance("inpatient_outpatient_overlap", lookalike=True), hospital)
    for person in patients.tolist():
        nights = normal(rng, 7, 0.5, 2, 30)
        admitted, discharged = stretch(city, rng, nights + 1, since_reform(city))
        in_bed = stay(
            city, rng, person, hospital, admitted, discharged - admitted, int(bills(rng, 1, 5600, 0.4)[0])
        )
        at = np.r_[between(rng, admitted, 8.2, 11.0), between(rng, discharged, 16.6, 18.0)]
        seen = city.settle(
            rng, person, hospital, at, care="outpatient", total=bills(rng, 2, 260, 0.5), certain=False
        )
        instance.settled(in_bed).settled(seen)
