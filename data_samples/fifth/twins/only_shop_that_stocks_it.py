"""A specialist's patients buy at one pharmacy, wherever they live: no other shop is licensed for the drug.

The auditor: the list of double-channel pharmacies has this shop alone for the drug, patients confirm what they have
received, and the doctor has no share in it. Several doctors' patients go there.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import when_open
from data_samples.fourth.care import pooled_shop
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import after, habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, newcomers
from data_samples.third.goods import drugs
from data_samples.third.pace import between, stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Few patients who come for months; each has the visit and the purchase every four weeks."""
    shop, first = pooled_shop(city, rng)
    desk = host(city, rng, "hospital")
    patients = newcomers(city, rng, several_of(rng, 5, 30), age=(30, 90))
    if len(patients) == 0:
        return
    span = stretch(city, rng, several_of(rng, 90, 400), first)
    doctors = rng.integers(0, city.places.doctors[desk], min(3, len(patients)))
    item, price = int(drugs(rng, 1, watched=True)[0]), int(sums(rng, 1, 300, 1_500)[0])
    instance = about(city, city.instance("doctor_pharmacy_concentration", lookalike=True), shop)
    for number, person in enumerate(patients.tolist()):
        seen = between(rng, habit(rng, span, 28), 8.0, 16.0)
        doctor = int(doctors[number % len(doctors)])
        city.settle(
            rng,
            person,
            desk,
            seen,
            care="outpatient",
            total=sums(rng, len(seen), 25, 90),
            doctor=doctor,
            certain=False,
        )
        bought = when_open(city, rng, after(rng, seen, 40, wide(rng, 200, 3_000)))
        handles = city.settle(
            rng,
            person,
            shop,
            bought,
            total=price,
            item=item,
            lines=1,
            packs=1,
            supply=28,
            desk=desk,
            doctor=doctor,
            prescribed=seen,
            certain=False,
        )
        instance.settled(handles)
