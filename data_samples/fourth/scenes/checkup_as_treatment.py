"""A hospital sells a firm its yearly health check and bills it to the fund, as complaints of each employee.

Kind of case: check-up packages split into outpatient visits with invented diagnoses; check-ups are no insured care.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import spare, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, every_day, since_reform, stretch


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Staff come over some weeks, in the morning; one to three bills add up to nearly the price of the package."""
    hospital = suspect(city, rng, "hospital")
    wanted = spare(city, number(rng, strength, 8, 80))
    firm = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == firm)).sum())
    staff = city.pick_people(rng, max(1, min(wanted, free)), employer=firm, unrelated=False)
    span = stretch(city, rng, number(rng, strength, 3, 60), since_reform(city))
    price = int(sums(rng, 1, 380, 1_700, 4_000)[0])
    doctors = rng.integers(0, city.places.doctors[hospital], int(rng.integers(2, 6)))
    instance = city.instance("substitution", strength=strength)
    instance.subject("provider", hospital).member("person", staff)
    days = np.maximum(on_workdays(rng.choice(every_day(span), len(staff))), city.period.first_day)
    for person, day in zip(staff.tolist(), days.tolist(), strict=True):
        parts = int(rng.choice([1, 2, 3], p=[0.45, 0.4, 0.15]))
        dates = np.sort(np.minimum(day + rng.integers(0, 5, parts), city.period.last_day))
        fen = (
            price
            * rng.dirichlet(np.full(parts, 8.0))
            * rng.normal(1.0, 1.0 - portion(rng, strength, 0.8, 0.97), parts)
        )
        instance.settled(
            city.settle(
                rng,
                person,
                hospital,
                between(rng, dates, 7.4, 11.2),
                care="outpatient",
                total=np.clip(fen, 2_000, None).astype(np.int64),
                doctor=rng.choice(doctors, parts),
                lines=3,
                in_scope=True,
                certain=False,
            )
        )
    customers(city, rng, hospital, every_day(span), 4.0)
