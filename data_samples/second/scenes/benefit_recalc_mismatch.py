"""D20: one provider's system has the fund pay too much: by another level's ratio, or without the deductible.

It lasts for weeks or months and concerns some or all of its patients. Mild instances are a few percent now and then.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one hospital, health center or clinic."""
    for strength in strengths(rng, instances, 16):
        kind = str(rng.choice(["hospital", "primary_care", "clinic"]))
        place = int(city.pick_providers(rng, kind, subject=True)[0])
        patients = ring(
            city, rng, heavy(rng, graded(strength, 6, 10, 18), 120), district=int(city.places.district[place])
        )
        person = np.repeat(patients, heavies(rng, len(patients), 1, graded(strength, 3, 5, 9)))
        span = window(city, rng, graded(strength, 60, 120, 240), lawful_from(city))
        day = rng.choice(some_days(rng, span, 400), len(person))
        scope = amounts(rng, len(person), float(rng.uniform(120, 600)), 0.6)
        handles = city.settle(
            rng,
            person,
            place,
            by_day(city, rng, day, "other"),
            care="outpatient",
            total=scope,
            in_scope=True,
            certain=False,
        )
        wrong = rng.random(len(person)) < graded(strength, 0.4, 0.75, 1.0)
        wrong[0] = True
        percent = np.full(len(person), rng.uniform(*graded(strength, (3, 8), (5, 15), (10, 30))))
        if strength == 1:
            percent = percent * rng.uniform(0.5, 1.5, len(person))
        city.misprice(handles[wrong], pool_fen=(scope * percent / 100).astype(np.int64)[wrong] + 1)
        instance = city.instance("benefit_recalc_mismatch", strength=strength)
        instance.subject("provider", place).member("person", np.unique(person[wrong])).settled(handles[wrong])
