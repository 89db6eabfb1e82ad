"""A village doctor is paid by one pharmacy: nearly all prescriptions go there, many written when the sale is over."""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, passers_by, pooled_pharmacy
from data_samples.third.dice import bills, normal, of, paretos, thinned
from data_samples.third.pace import every_day, since_reform, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The doctor works far from the pharmacy; some prescriptions go elsewhere, some days have none."""
    first = since_reform(city)
    shop = pooled_pharmacy(city, rng, first)
    desk = farthest(city, rng, shop, "clinic")
    doctor = int(rng.integers(city.places.doctors[desk]))
    span = stretch(city, rng, normal(rng, of(strength, 60, 110, 170), 0.3, 30, 300), first)
    days = thinned(rng, every_day(span), of(strength, 0.3, 0.5, 0.7), 5)
    when = np.repeat(days, paretos(rng, len(days), of(strength, 1.0, 2.0, 4.0), 2.2, 60))
    when = when if len(when) else days
    guests = rng.choice(passers_by(city, rng, 3 * len(when), shop), len(when))
    at = usual(city, rng, when)
    behind = rng.random(len(when)) < of(strength, 0.1, 0.25, 0.5)
    minutes = np.exp(rng.uniform(np.log(2), np.log(300), len(when))).astype(np.int64)
    handles = city.settle(
        rng,
        guests,
        shop,
        at,
        total=bills(rng, len(when), 140, 0.5),
        desk=desk,
        doctor=doctor,
        prescribed=np.where(behind, at + minutes * MINUTE, at - 2 * minutes * MINUTE),
        certain=False,
    )
    instance = city.instance("doctor_pharmacy_concentration", strength=strength)
    instance.subject("provider", shop).settled(handles)
    elsewhere = at[rng.random(len(at)) < 0.08]
    if len(elsewhere):
        other = city.pick_providers(rng, "pharmacy")[0]
        people = rng.choice(guests, len(elsewhere))
        city.settle(
            rng,
            people,
            other,
            elsewhere,
            desk=desk,
            doctor=doctor,
            prescribed=elsewhere - 3_000,
            certain=False,
        )
