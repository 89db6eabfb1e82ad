"""A storm cuts the line of a valley for some days: everything is sent when it is back, complete, and by hand."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills
from data_samples.third.goods import given_on
from data_samples.third.pace import between, since_reform, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Once; before and after it bills arrive within the minute."""
    place = host(city, rng, str(rng.choice(["clinic", "primary_care"])))
    first, last = stretch(city, rng, int(rng.integers(3, 9)), since_reform(city))
    count = 4 * (last - first) + 3
    guests = passers_by(city, rng, count, place)
    served = rng.integers(first, last, len(guests)) if last > first else np.full(len(guests), first)
    at = np.sort(between(rng, np.full(len(guests), last), 19.0, 21.0))
    handles = city.settle(
        rng,
        guests,
        place,
        at,
        care="outpatient",
        total=bills(rng, len(guests), 105, 0.6),
        channel="manual",
        certain=False,
        **given_on(at, np.where(served < last, served, -1)),
    )
    about(city, city.instance("data_transmission_defect", lookalike=True), place).settled(handles)
