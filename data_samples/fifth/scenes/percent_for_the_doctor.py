"""A hospital doctor sends patients to a pharmacy across the town, and has a tenth of what they leave there.

Kind of case: kickbacks by prescription; patients are ill, the drugs are real, and dearer than they would have to be.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business, when_open
from data_samples.fourth.care import pooled_shop
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some patients go where they always go; the shop sells to many others, on nobody's prescription or another's."""
    shop, first = pooled_shop(city, rng)
    desk = suspect(city, rng, str(rng.choice(["hospital", "primary_care"], p=[0.7, 0.3])))
    doctor = int(rng.integers(city.places.doctors[desk]))
    days = business(city, rng, strength, (50, 450), number(rng, strength, 24, 280), first)
    patients = passers_by(city, rng, max(4, round(len(days) / wide(rng, 1.0, 4.0))), desk)
    who, seen = rng.choice(patients, len(days)), between(rng, days, 8.0, 16.5)
    city.settle(
        rng,
        who,
        desk,
        seen,
        care="outpatient",
        total=sums(rng, len(days), 20, 90),
        doctor=doctor,
        certain=False,
    )
    sent = rng.random(len(days)) < portion(rng, strength, 0.3, 0.93)
    sent[0] = True
    bought = when_open(city, rng, after(rng, seen[sent], 12, wide(rng, 90, 4_000)))
    favored = drugs(rng, int(rng.integers(2, 7)))
    handles = city.settle(
        rng,
        who[sent],
        shop,
        bought,
        total=sums(rng, int(sent.sum()), 150, 620, 4_000),
        item=mixed(rng, int(sent.sum()), favored, portion(rng, strength, 0.4, 0.9)),
        desk=desk,
        doctor=doctor,
        prescribed=seen[sent],
        certain=False,
    )
    instance = city.instance("doctor_pharmacy_concentration", strength=strength).subject("provider", shop)
    instance.member("provider", desk).settled(handles)
    customers(city, rng, shop, np.unique(days), wide(rng, 1.0, 5.0))
