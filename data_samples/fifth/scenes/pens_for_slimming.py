"""Diabetics have pens for weight loss prescribed wherever they go, and pass them on to people who want to be slim.

Kind of case: the same substance from many institutions within days; a pen lasts for a month.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown, spells
from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, several
from data_samples.third.dice import chance
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform, usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One patient, or a few friends; other drugs of theirs are bought as anybody's."""
    patients = owners(city, rng, 1 if chance(rng, 0.6) else int(rng.integers(2, 5)), age=(24, 78))
    places = several(
        city, rng, number(rng, strength, 3, 11), "hospital", "primary_care", "clinic", "pharmacy"
    )
    desks = several(city, rng, 2, "hospital")
    pen = int(drugs(rng, 1, watched=True)[0])
    days = spells(rng, phase(city, rng, strength, 30, 380, since_reform(city)))
    instance = city.instance("cross_provider_same_drug", strength=strength).subject("person", patients)
    price, packs = wide(rng, 180, 650), portion(rng, strength, 0.2, 0.6)
    for person in patients.tolist():
        at = np.sort(usual(city, rng, grown(rng, days, number(rng, strength, 3, 30)), "other"))
        boxes = np.minimum(rng.geometric(1 - packs, len(at)), 8)
        handles = buy_or_visit(
            city,
            rng,
            person,
            rng.choice(places, len(at)),
            at,
            desks=desks,
            total=sums(rng, len(at), price * 0.95, price * 1.05, 2_000) * boxes,
            item=pen,
            packs=boxes,
            lines=1,
            supply=28 * boxes,
            certain=False,
        )
        instance.settled(handles)
