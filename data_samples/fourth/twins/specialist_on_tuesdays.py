"""A hospital specialist is registered at a health center, too, and sits there one afternoon a week."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import thinned
from data_samples.third.pace import between, every_day, on_weekdays, since_reform, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In the hospital on the other days; patients are different people every week."""
    center, hospital = host(city, rng, "primary_care"), host(city, rng, "hospital")
    doctor, weekday = int(rng.integers(city.places.doctors[hospital])), int(rng.integers(0, 5))
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city))
    sits = thinned(rng, on_weekdays(every_day(span), weekday), 0.85, 1)
    days = np.repeat(sits, 1 + rng.poisson(float(rng.uniform(1, 7)), len(sits)))
    at = between(rng, days, 13.5, 17.5)
    people = passers_by(city, rng, 2 * len(at), center)
    handles = city.settle(
        rng,
        rng.choice(people, len(at)),
        center,
        at,
        care="outpatient",
        total=sums(rng, len(at), 70, 260),
        desk=hospital,
        doctor=doctor,
        certain=False,
    )
    about(city, city.instance("fictitious_purchase", lookalike=True), center).settled(handles)
    others = habit(rng, span, 2.0)
    others = others[~np.isin(others, sits)]
    if len(others):
        seen = rng.choice(passers_by(city, rng, len(others), hospital), len(others))
        at = between(rng, others, 8.0, 12.0)
        city.settle(rng, seen, hospital, at, care="outpatient", doctor=doctor, certain=False)
