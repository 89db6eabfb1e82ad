"""A week of great heat: more old people come to hospitals and stations everywhere."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by
from data_samples.third.pace import every_day, stretch, usual


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """As many as the size of the city lets one expect, at a few places of the event's choice."""
    days = every_day(stretch(city, rng, several_of(rng, 4, 12)))
    for kind in ("hospital", "primary_care", "hospital"):
        place = host(city, rng, kind)
        people = passers_by(city, rng, max(4, city.people.insured // 400), place)
        at = usual(city, rng, rng.choice(days, len(people)), "emergency")
        city.settle(
            rng, people, place, at, care="emergency" if kind == "hospital" else "outpatient", certain=False
        )
