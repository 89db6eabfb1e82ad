"""A clinic for wounds and rare joints: its bills are three times those of others, for patients sent from everywhere."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.dice import bills, normal, paretos, thinned
from data_samples.third.pace import every_day, since_reform, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Patients come from all districts, with three diagnoses that nobody else has often, and come once or twice."""
    clinic = host(city, rng, str(rng.choice(["clinic", "primary_care"])))
    span = stretch(city, rng, normal(rng, 180, 0.35, 60, 360), since_reform(city))
    days = thinned(rng, every_day(span), 0.5, 4)
    when = np.repeat(days, 1 + paretos(rng, len(days), 0.8, 2.2, 12))
    free = np.flatnonzero(city.steady & ~city.taken)
    handles = city.settle(
        rng,
        rng.choice(free, len(when)),
        clinic,
        usual(city, rng, when, "other"),
        care="outpatient",
        total=bills(rng, len(when), 340, 0.4),
        lines=3,
        diagnosis=rng.choice([51, 54, 57], len(when)),
        certain=False,
    )
    about(city, city.instance("peer_outlier", lookalike=True), clinic).settled(handles)
