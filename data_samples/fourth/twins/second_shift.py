"""A dialysis unit opens a second shift for patients of a unit that is being rebuilt: twice the sessions for a while."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, wide
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, newcomers
from data_samples.third.pace import every_day, on_weekdays, stretch


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Three sessions a week and no more for each of them; a fourth one once in a hot week."""
    unit = host(city, rng, "hospital")
    patients = newcomers(city, rng, several_of(rng, 3, 14), age=(38, 88))
    if len(patients) == 0:
        return
    span = stretch(city, rng, several_of(rng, 40, 200))
    instance = about(city, city.instance("capacity_anomaly", lookalike=True), unit).member("person", patients)
    price, days = round(wide(rng, 38_000, 52_000)), every_day(span)
    for person in patients.tolist():
        city.register("dialysis", person=person, provider=unit, first_day=span[0], last_day=span[1])
        usual = on_weekdays(days, *((0, 2, 4) if rng.random() < 0.5 else (1, 3, 5)))
        usual = usual[rng.random(len(usual)) < 0.95]
        hot = int(rng.choice(np.setdiff1d(days, usual)))
        mine = np.unique(np.r_[usual, hot])
        at = mine * DAY + 13 * 3_600 + rng.integers(0, 4 * 3_600, len(mine))
        instance.settled(
            city.settle(
                rng, person, unit, at, care="special_outpatient", programme=7, total=price, certain=False
            )
        )
