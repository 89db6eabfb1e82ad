"""The flu reaches a quarter: for two weeks its clinic sees four times as many people, all with the same three drugs."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Rises and falls like a wave; whole families, once or twice each."""
    clinic = host(city, rng, str(rng.choice(["clinic", "primary_care", "pharmacy"])))
    care = "pharmacy" if city.places.kind[clinic] == 0 else "outpatient"
    days = every_day(stretch(city, rng, 17))
    wave = np.exp(-(((np.arange(len(days)) - len(days) / 2) / 4.0) ** 2))
    peak = min(45.0, city.people.insured / 150)
    when = np.repeat(days, rng.poisson(1 + peak * wave))
    guests = rng.choice(passers_by(city, rng, len(when), clinic), len(when))
    handles = city.settle(
        rng,
        guests,
        clinic,
        usual(city, rng, when, "pharmacy" if care == "pharmacy" else "other"),
        care=care,
        total=bills(rng, len(when), 78, 0.3),
        item=mixed(rng, len(when), drugs(rng, 3), 0.8),
        supply=7,
        certain=False,
    )
    about(city, city.instance("capacity_anomaly", lookalike=True), clinic).settled(handles)
