"""A hospital that is paid by the case bills dear scans of its inpatients as outpatient care.

Kind of case: parts of a stay moved to outpatient bills of the same patient.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.measure import bills, grade, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.beds import inside, stay
from data_samples.third.cast import suspect


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One large bill or two, on the first full days of some of the stays."""
    hospital = suspect(city, rng, "hospital")
    patients = in_bed(city, rng, how_many(rng, strength, 3, 34), age=(20, 92))
    if len(patients) == 0:
        return
    instance = city.instance("inpatient_outpatient_overlap", strength=strength).subject("provider", hospital)
    moved = rng.random(len(patients)) < grade(rng, strength, 0.45, 0.97)
    moved[0] = True
    for person, outside in zip(patients.tolist(), moved.tolist(), strict=True):
        nights = int(rng.integers(4, 16))
        admitted = int(rng.integers(city.period.first_day, city.period.last_day - nights))
        stay(city, rng, person, hospital, admitted, nights, int(bills(rng, 1, 3_500, 9_500)[0]))
        if outside:
            at = inside(
                rng, admitted, min(admitted + 4, admitted + nights), int(rng.integers(1, 3)), 8.2, 17.0
            )
            instance.settled(
                city.settle(
                    rng,
                    person,
                    hospital,
                    at,
                    care="outpatient",
                    total=bills(rng, len(at), 380, 1_500),
                    item=leaning(rng, np.arange(90, 94), len(at)),
                    lines=1,
                    certain=False,
                )
            )
