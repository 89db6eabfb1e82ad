"""A community station or village clinic bills one box several times: the next patient gets something else.

Published: 72 codes settled twice at a community station; one code settled eight times at a village clinic.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, geometric, normal, of, pareto, thinned
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day, outings, since_scans, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Repeats are days or months apart, at other counters and among honest sales."""
    station = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    span = stretch(city, rng, normal(rng, of(strength, 60, 100, 160), 0.4, 25, 270), since_scans(city))
    instance = city.instance("duplicate_trace_code", strength=strength).subject("provider", station)
    for drug in drugs(rng, pareto(rng, of(strength, 2, 6, 14), 1.6, 70)):
        times = 1 + geometric(rng, of(strength, 1.1, 1.4, 2.2), most=7)
        guests = passers_by(city, rng, times, station)
        at = np.sort(usual(city, rng, outings(rng, span, len(guests)), "other"))
        handles = city.settle(
            rng,
            guests[: len(at)],
            station,
            at,
            care="outpatient",
            total=bills(rng, len(at), 62, 0.5),
            item=int(drug),
            packs=1,
        )
        city.sell_again(handles[1:], np.repeat(handles[:1], len(handles) - 1))
        instance.settled(handles)
    customers(city, rng, station, thinned(rng, every_day(span), 0.3), 2.0)
