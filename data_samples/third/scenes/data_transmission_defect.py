"""A clinic sends what it wants: days late and all at once, without doctors and diagnoses."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import bills, normal, of, paretos, thinned
from data_samples.third.goods import given_on
from data_samples.third.pace import between, every_day, since_reform, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """For a season; some days are sent properly. Real patients, whose bills are in order otherwise."""
    place = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    span = stretch(city, rng, normal(rng, of(strength, 60, 100, 160), 0.3, 30, 300), since_reform(city))
    days = thinned(rng, every_day(span), of(strength, 0.4, 0.6, 0.8), 3)
    when = np.repeat(days, 1 + paretos(rng, len(days), 0.6, 2.2, 12))
    lag = of(strength, 6, 14, 25)
    batch = np.minimum(span[0] + (when - span[0]) // lag * lag + lag, city.period.last_day)
    guests = rng.choice(passers_by(city, rng, 2 * len(when), place), len(when))
    late = rng.random(len(when)) < of(strength, 0.4, 0.6, 0.85)
    at = np.where(late, between(rng, batch, 20.0, 20.4), between(rng, when, 8.5, 17.0))
    handles = city.settle(
        rng,
        guests,
        place,
        at,
        care="outpatient",
        total=bills(rng, len(when), 120, 0.6),
        certain=False,
        **given_on(at, np.where(late & (batch > when), when, -1)),
    )
    empty = handles[rng.random(len(handles)) < of(strength, 0.25, 0.5, 0.8)]
    for column in ("diagnosis_code", "prescriber_id", "operator_id"):
        city.defect(empty, column, None)
    affected = np.union1d(handles[late], empty)
    city.instance("data_transmission_defect", strength=strength).subject("provider", place).settled(affected)
