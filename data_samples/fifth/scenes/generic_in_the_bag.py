"""A clinic hands out the cheap copy of a drug and bills the dear original; the patient sees a white bag.

Kind of case: drugs swapped within a substance, at institutions whose patients do not read receipts.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import since_reform, usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients come for what they have always had; only some bills are swapped, and never those of colleagues."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    originals = drugs(rng, int(rng.integers(1, 4)))
    days = business(city, rng, strength, (60, 420), number(rng, strength, 25, 260), since_reform(city))
    people = passers_by(city, rng, max(4, round(len(days) / wide(rng, 1.2, 6.0))), clinic)
    who = rng.choice(people, len(days))
    swapped = rng.random(len(days)) < portion(rng, strength, 0.25, 0.9)
    swapped[0] = True
    cheap = sums(rng, len(days), 60, 220, 1_500)
    dear = (cheap * wide(rng, 1.5, 6.0)).astype(np.int64)
    handles = city.settle(
        rng,
        who,
        clinic,
        usual(city, rng, days, "other"),
        care="outpatient",
        total=np.where(swapped, dear, cheap),
        item=np.where(swapped, rng.choice(originals, len(days)), mixed(rng, len(days), originals, 0.05)),
        lines=rng.choice([1, 2], len(days), p=[0.7, 0.3]),
        certain=False,
    )
    instance = city.instance("substitution", strength=strength).subject("provider", clinic)
    instance.settled(handles[swapped])
    customers(city, rng, clinic, np.unique(days), wide(rng, 0.6, 3.0))
