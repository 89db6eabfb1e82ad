"""A treatment that is given in the morning and again in the evening, for a week, and billed both times."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills, pareto
from data_samples.third.pace import between, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Same item, same sum, eight hours apart, on the days of the course."""
    place = host(city, rng, str(rng.choice(["primary_care", "hospital"])))
    guests = passers_by(city, rng, pareto(rng, 5, 1.8, 25), place)
    instance = about(city, city.instance("duplicate_charge", lookalike=True), place)
    for guest in guests.tolist():
        first, last = stretch(city, rng, int(rng.integers(3, 9)))
        days = np.arange(first, last + 1)
        same: dict[str, Any] = {
            "care": "outpatient",
            "total": int(bills(rng, 1, 75, 0.3)[0]),
            "item": int(rng.integers(1, 280)),
            "packs": 1,
            "lines": 1,
            "doctor": int(rng.integers(city.places.doctors[place])),
            "certain": False,
        }
        morning = city.settle(rng, guest, place, between(rng, days, 8, 9), **same)
        evening = city.settle(rng, guest, place, between(rng, days, 16, 17.4), **same)
        instance.settled(morning).settled(evening)
