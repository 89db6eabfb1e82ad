"""A hospital keeps dear drugs out of its stays: patients in bed are billed for them as outpatients.

Kind of case: costs moved from a stay with a fixed price to the outpatient desk or to the shop at the gate.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.beds import inside, stay
from data_samples.third.cast import closest, newcomers, suspect
from data_samples.third.goods import drugs


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some of the stays have bills at the desk of the same hospital, or at the shop next to it."""
    hospital = suspect(city, rng, "hospital")
    patients = newcomers(city, rng, whole(rng, strength, 3, 40), age=(18, 95))
    if len(patients) == 0:  # in a small city everybody has been seen
        return
    shop = int(closest(city, hospital, "pharmacy")[0])
    each, at_the_gate = rarer(rng, 4 - strength, 1.0, 3.5), rng.uniform(0, 0.6)
    items = drugs(rng, 4)
    instance = city.instance("inpatient_outpatient_overlap", strength=strength).subject("provider", hospital)
    for patient_in_bed in patients.tolist():
        nights = int(np.clip(round(any_of(rng, 5, 24)), 4, 40))
        admitted = int(rng.integers(city.period.first_day, city.period.last_day - nights))
        stay(city, rng, patient_in_bed, hospital, admitted, nights, int(amounts(rng, 1, 4_000, 9_000)[0]))
        at = inside(rng, admitted, admitted + nights, 1 + int(rng.poisson(each)), 8.5, 18.5)
        places = np.where(rng.random(len(at)) < at_the_gate, shop, hospital)
        instance.settled(
            buy_or_visit(
                city,
                rng,
                patient_in_bed,
                places,
                at,
                desks=np.array([hospital]),
                total=amounts(rng, len(at), 180, 1_300),
                item=favored(rng, items, len(at)),
                certain=False,
            )
        )
