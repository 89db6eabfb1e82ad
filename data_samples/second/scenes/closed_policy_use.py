"""D21: chronic care goes on being settled as such although the policy has become ordinary outpatient care.

A patient or two, months after the end; or a health center that never changed its system for some of its patients.
An area where the policy goes on has no such scene.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Every second instance is one patient, the others a center."""
    if not city.here["chronic_ends"]:
        return
    for number, strength in enumerate(strengths(rng, instances, 20)):
        instance = city.instance("closed_policy_use", strength=strength)
        if number % 2 == 0:
            patients = city.pick_people(
                rng, 1, categories=["active", "retired"], age=(45, 92), unrelated=False
            )
            center = near(city, rng, int(patients[0]), "primary_care")
            instance.subject("person", patients)
        else:
            center = int(city.pick_providers(rng, "primary_care", subject=True)[0])
            size = heavy(rng, graded(strength, 3, 5, 8), 50)
            patients = ring(city, rng, size, categories=["active", "retired"], age=(45, 92))
            instance.subject("provider", center).member("person", patients)
        for patient in patients.tolist():
            span = window(city, rng, graded(strength, 120, 200, 330), lawful_from(city))
            days = some_days(rng, span, heavy(rng, graded(strength, 1, 2, 4), graded(strength, 4, 7, 14)))
            handles = city.settle(
                rng,
                patient,
                center,
                by_day(city, rng, days, "other"),
                care="chronic_outpatient",
                programme=int(rng.integers(0, 6)),
                total=amounts(rng, len(days), float(rng.uniform(180, 700)), 0.4),
                packs=heavies(rng, len(days), 1, 8),
                certain=False,
            )
            instance.settled(handles)
