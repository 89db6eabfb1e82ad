"""A patient has the invoice of care that was settled on the spot reimbursed again by hand, altered a little.

Kind of case: copies and altered invoices handed in at another counter, some months after the hospital has settled.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import bursts, on_workdays, phase
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import host, patient, several
from data_samples.third.pace import between, since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A part of the visits only, weeks later, at a desk that did not see the first settlement; cents differ."""
    person = patient(city, rng, age=(22, 85), account=True)
    places = several(city, rng, number(rng, strength, 1, 4), "hospital", "primary_care")
    first = since_reform(city)
    span = phase(city, rng, strength, 60, 330, first)
    days = np.unique(on_workdays(bursts(rng, span, number(rng, strength, 4, 30))))
    days = days[days >= first]
    where = uneven(rng, places, len(days))
    at = between(rng, days, 8.0, 16.5)
    total = sums(rng, len(at), 260, 1_500)
    item, diagnosis = rng.integers(1, 280, len(at)), rng.integers(0, 60, len(at))
    city.settle(
        rng, person, where, at, care="outpatient", total=total, item=item, diagnosis=diagnosis, certain=False
    )
    chosen = rng.random(len(at)) < portion(rng, strength, 0.25, 0.8)
    chosen[0] = True
    later = days[chosen] + np.exp(rng.uniform(np.log(6), np.log(110), int(chosen.sum()))).astype(np.int64)
    later = np.minimum(on_workdays(later), city.period.last_day)
    later = np.maximum(later, np.minimum(days[chosen] + 1, city.period.last_day))
    altered = np.where(rng.random(len(later)) < 0.6, 0, rng.integers(-900, 2_500, len(later)))
    handles = city.settle(
        rng,
        person,
        np.where(rng.random(len(later)) < 0.5, where[chosen], host(city, rng, "hospital")),
        later * DAY + rng.integers(9 * 3600, 17 * 3600, len(later)),
        care="outpatient",
        total=np.maximum(total[chosen] + altered, 500),
        item=item[chosen],
        diagnosis=diagnosis[chosen],
        channel="manual",
        served=days[chosen],
        prescribed=at[chosen] - 1_200,
        doctor=0,
        certain=False,
    )
    city.instance("duplicate_benefit", strength=strength).subject("person", person).settled(handles)
