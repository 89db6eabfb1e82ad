"""The emergency bills of a person who died are settled some days after the death.

Lawful because the care was given before it, and the bills say on which day.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.company import in_bed
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One to three bills; the family hands in the papers."""
    hospital = host(city, rng, "hospital")
    dying = in_bed(city, rng, int(rng.integers(1, 4)), age=(60, 101))
    if len(dying) == 0:
        return
    instance = about(city, city.instance("ineligible_settlement", lookalike=True), hospital).member(
        "person", dying
    )
    first = max(since_reform(city), city.period.first_day + 5)
    for person in dying.tolist():
        death = int(rng.integers(first, max(first + 1, city.period.last_day - 20)))
        city.die(person, death)
        served = death - np.unique(rng.integers(0, 4, int(rng.integers(1, 4))))
        sent = np.minimum(death + rng.integers(2, 18, len(served)), city.period.last_day)
        instance.settled(
            city.settle(
                rng,
                person,
                hospital,
                hours(rng, sent, "desk"),
                care="emergency",
                total=bills(rng, len(served), 200, 900),
                served=served,
                prescribed=served * DAY + second(3.2),
                channel="manual",
                certain=False,
            )
        )
