"""Patients of a dental clinic pay crowns out of their accounts, in dear sittings that leave little.

Lawful because each has three to six sittings weeks apart, other sums than the next patient, and a dentist.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A handful of patients at a time."""
    clinic = host(city, rng, "clinic")
    patients = people(city, rng, int(between_any(rng, 3, 12)), account=True, age=(28, 75))
    instance = about(city, city.instance("account_cash_out", lookalike=True), clinic)
    for person in patients.tolist():
        span = stretch(city, rng, int(rng.integers(45, 110)))
        days = renewals(rng, span, between_any(rng, 10, 20))[:6]
        instance.settled(
            city.settle(
                rng,
                person,
                clinic,
                hours(rng, days, "desk"),
                care="outpatient",
                total=bills(rng, len(days), 350, 1_300),
                diagnosis=47,
                doctor=1,
            )
        )
