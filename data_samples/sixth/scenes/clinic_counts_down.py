"""A health center calls patients whose yearly limit is not used up, and bills the rest of it before the year ends.

Kind of case: spending up to the cap in the last weeks, with items that the patients never had before.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow
from data_samples.sixth.sizes import favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.goods import drugs
from data_samples.third.values import cost_of_a_cap, year_ends


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The fund's part of each patient reaches a share of the cap in a few weeks."""
    ends = [
        end for end in year_ends(city) if end - city.period.first_day > 60 and end > city.policy_start + 60
    ]
    if not ends:
        return
    end = int(rng.choice(ends))
    center = suspect(city, rng, "primary_care")
    patients = neighbors(city, rng, whole(rng, strength, 2, 14), center, categories=("active", "retired"))
    instance = city.instance("cap_rush", strength=strength)
    instance.subject("provider", center).member("person", patients)
    for person in patients.tolist():
        visits = whole(rng, strength, 4, 16)
        days = flow(rng, (end - whole(rng, strength, 14, 48), end), visits)
        cost = int(cost_of_a_cap(city, person, end, visits) * rng.uniform(0.88, 1.12))
        pieces = np.maximum((cost * rng.dirichlet(np.full(visits, 8.0))).astype(np.int64), 1_000)
        instance.settled(
            city.settle(
                rng,
                person,
                center,
                at_desk(rng, days, 0.1),
                care="outpatient",
                total=pieces,
                item=favored(rng, drugs(rng, 3), visits),
                in_scope=True,
                certain=False,
            )
        )
