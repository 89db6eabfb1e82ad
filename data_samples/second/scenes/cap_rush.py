"""D19: what is left of the year's benefit is used up before it lapses, with goods that were not needed before.

Strong instances come from nothing to the cap in a few weeks at shops that advertise it; mild ones had some care
during the year and stop short of the cap. A period without the end of a benefit year has no such scene.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import DAY
from data_samples.places import PHARMACY
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import cost_of_the_cap, whole_years
from data_samples.scenes.policy import pooled_pharmacies
from data_samples.second.casting import by_day, near, written_by
from data_samples.second.draws import graded, heavies, heavy, strengths, weights_of


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one buyer."""
    years = whole_years(city)
    for number, strength in enumerate(strengths(rng, instances, 40) if years else ()):
        _, end = years[number % len(years)]
        category = str(rng.choice(["active", "retired", "retired"]))
        buyer = int(city.pick_people(rng, 1, categories=[category], age=(24, 88), unrelated=False)[0])
        weeks = heavy(rng, graded(strength, 40, 24, 10), graded(strength, 75, 50, 30))
        count = heavy(rng, graded(strength, 8, 9, 7), graded(strength, 16, 24, 30))
        day = np.sort(np.maximum(end + 1 - heavies(rng, count, 1, weeks, 0.4), city.period.first_day))
        shops = pooled_pharmacies(city, rng, heavy(rng, 1, 5), int(day[0]))
        sells = city.places.kind[shops[0]] == PHARMACY
        at = by_day(city, rng, day)
        whole = cost_of_the_cap(city, category, count) * rng.uniform(
            *graded(strength, (0.6, 0.9), (0.85, 1.02), (0.98, 1.25))
        )
        desk = near(city, rng, buyer, "primary_care")
        watched = rng.random(count) < graded(strength, 0.3, 0.6, 0.9)
        handles = city.settle(
            rng,
            buyer,
            rng.choice(shops, count),
            np.minimum(at, (end + 1) * DAY - 1),
            care="pharmacy" if sells else "outpatient",
            total=np.ceil(whole * weights_of(rng, count)).astype(np.int64) + 500,
            in_scope=True,
            certain=False,
            item=np.where(
                watched, rng.integers(WATCHED_FROM, ITEMS, count), rng.integers(1, WATCHED_FROM, count)
            ),
            packs=heavies(rng, count, 2, 18),
            **written_by(city, rng, np.array(desk), at, 600),
        )
        city.instance("cap_rush", strength=strength).subject("person", buyer).settled(handles)
