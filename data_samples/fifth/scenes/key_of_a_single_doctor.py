"""Therapists without a license treat under the key of the only doctor, who would need days of forty hours for it.

Kind of case: capacity beyond what a doctor can see; patients were treated, by somebody who must not.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import around, in_a_row, spells
from data_samples.fourth.care import herbs
from data_samples.fourth.extent import number, portion, sums, uneven, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import chance
from data_samples.third.goods import mixed
from data_samples.third.pace import since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Full days and half-empty ones; the doctor sees some patients himself in the morning."""
    clinic = suspect(city, rng, "clinic" if chance(rng, 0.7) else "primary_care")
    doctor = int(rng.integers(city.places.doctors[clinic]))
    days = spells(rng, phase(city, rng, strength, 15, 240, since_reform(city)))
    days = np.sort(rng.choice(days, min(len(days), number(rng, strength, 3, 22)), replace=False))
    count = max(3 * len(days), number(rng, strength, 50, 900))
    when = np.sort(uneven(rng, days, count, wide(rng, 1.0, 8.0)))
    people = passers_by(city, rng, max(20, round(count / wide(rng, 1.2, 5.0))), clinic)
    instance = city.instance("capacity_anomaly", strength=strength).subject("provider", clinic)
    treatments = herbs(rng, 4)
    handles = city.settle(
        rng,
        rng.choice(people, count),
        clinic,
        in_a_row(rng, when, (7.6, 9.0), wide(rng, 1.0, 9.0)),
        care="outpatient",
        total=sums(rng, count, 60, 240, 1_200),
        item=mixed(rng, count, treatments, portion(rng, strength, 0.5, 0.95)),
        doctor=doctor,
        certain=False,
    )
    instance.settled(handles)
    others = np.repeat(days, rng.poisson(3, len(days)))
    if len(others):
        city.settle(
            rng,
            rng.choice(people, len(others)),
            clinic,
            around(rng, others, 10.0, 1.0),
            care="outpatient",
            doctor=doctor,
            certain=False,
        )
