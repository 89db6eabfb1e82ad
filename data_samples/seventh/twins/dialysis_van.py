"""A van collects dialysis patients of the villages, three times a week.

Lawful because dialysis is registered for each of them, and they have a program.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import sessions
from data_samples.seventh.measure import between_any
from data_samples.third.acts import twin
from data_samples.third.cast import host
from data_samples.third.pace import every_day, on_weekdays, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Always the same people, minutes apart, for the whole time; now and then one is missing."""
    hospital = host(city, rng, "hospital")
    riders = people(city, rng, int(between_any(rng, 3, 7)), age=(40, 90))
    for rider in riders.tolist():
        city.register("dialysis", person=rider, provider=hospital)
    shift = (0, 2, 4) if rng.random() < 0.5 else (1, 3, 5)
    days = on_weekdays(every_day(stretch(city, rng, int(rng.integers(60, 150)))), *shift)
    who, when = np.tile(np.arange(len(riders)), len(days)), np.repeat(days, len(riders))
    here = rng.random(len(who)) < 0.94
    instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", riders)
    instance.settled(
        city.settle(
            rng,
            riders[who[here]],
            hospital,
            sessions(rng, when[here], (6.8, 7.6), 3.0),
            care="special_outpatient",
            programme=7,
            total=42_000 + rng.integers(-1_500, 1_500, int(here.sum())),
            diagnosis=50,
            certain=False,
        )
    )
