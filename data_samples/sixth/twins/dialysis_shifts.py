"""The patients of one dialysis shift meet three times a week for months.

Lawful because each has the disease, the shift is registered, and three sessions a week are the treatment.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import in_line
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import every_day, on_weekdays, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """They are called in one after the other; now and then a session is missed."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, int(any_of(rng, 3, 14)), hospital, age=(40, 92))
    span = stretch(city, rng, int(any_of(rng, 50, 190)))
    days = on_weekdays(every_day(span), *(((0, 2, 4), (1, 3, 5))[int(rng.integers(2))]))
    for person in patients.tolist():
        city.register("dialysis", person=person, provider=hospital)
    who, when = np.tile(patients, len(days)), np.repeat(days, len(patients))
    there = rng.random(len(who)) < 0.95
    instance = about(city, city.instance("co_visit_group", lookalike=True), hospital)
    instance.member("person", patients)
    instance.settled(
        city.settle(
            rng,
            who[there],
            hospital,
            in_line(rng, when[there], (7.0, 7.6), 4),
            care="special_outpatient",
            programme=7,
            total=amounts(rng, int(there.sum()), 400, 470, 900),
            certain=False,
        )
    )
