"""D33: a doctor's prescriptions end at one pharmacy that pays for them.

The patients pass nearer shops on their way, pay more than elsewhere, and come within the hour; or the pharmacy sells
first and has the prescription written in the evening. In mild instances most patients still choose for themselves.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import far_from
from data_samples.second.casting import by_day, near, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths

_FAR_KM = 8.0


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one doctor with one pharmacy."""
    for number, strength in enumerate(strengths(rng, instances, 14)):
        kind = str(rng.choice(["primary_care", "hospital", "clinic"]))
        desk = int(city.pick_providers(rng, kind)[0])
        paid_shop = far_from(city, rng, desk, "pharmacy", _FAR_KM)
        city.provider_taken[paid_shop] = True
        doctor = int(rng.integers(0, city.places.doctors[desk]))
        patients = ring(
            city, rng, heavy(rng, graded(strength, 14, 20, 25), 120), district=int(city.places.district[desk])
        )
        person = np.repeat(patients, heavies(rng, len(patients), 1, graded(strength, 4, 6, 14)))
        days = some_days(rng, window(city, rng, graded(strength, 360, 240, 150)), len(person))
        written = by_day(city, rng, rng.choice(days, len(person)), "other")
        steered = rng.random(len(person)) < graded(strength, 0.45, 0.7, 0.95)
        steered[0] = True
        own = np.array([near(city, rng, who, "pharmacy") for who in person.tolist()])
        wait = np.where(
            steered, heavies(rng, len(person), 8, 150, 0.8), heavies(rng, len(person), 10, 2_500, 0.3)
        )
        back_dated = number % 3 == 1
        late = written - rng.integers(20, 400, len(person)) * MINUTE
        at = np.where(back_dated & steered, late, written + wait * MINUTE)
        at = np.clip(at, city.period.first_day * DAY, (city.period.last_day + 1) * DAY - 1)
        price = np.where(steered, rng.uniform(1.1, graded(strength, 1.5, 2.2, 4.0)), 1.0)
        handles = city.settle(
            rng,
            person,
            np.where(steered, paid_shop, own),
            at,
            total=(amounts(rng, len(person), 85, 0.6) * price).astype(np.int64),
            desk=desk,
            doctor=doctor,
            prescribed=written,
            certain=False,
        )
        instance = city.instance("doctor_pharmacy_concentration", strength=strength)
        instance.subject("provider", paid_shop).member("provider", desk)
        instance.member("person", np.unique(person[steered])).settled(handles[steered])
