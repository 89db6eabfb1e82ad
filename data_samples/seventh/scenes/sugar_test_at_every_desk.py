"""Patients have the same test at each place they are sent to, because every place orders it for everybody.

Kind of case: a long-term sugar test repeated within weeks, across institutions, found by a national screen.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import campaign, hours, turns
from data_samples.seventh.measure import bills, falling, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Places in turn; the second test is rarely as late as it should be."""
    patients = people(city, rng, how_many(rng, strength, 1, 16), account=True, age=(40, 88))
    places = several(city, rng, 4, "hospital", "primary_care")
    span = campaign(city, rng, strength, 120, 440, since_reform(city))
    turn, days = turns(rng, len(patients), span, falling(rng, strength, 11, 42))
    instance = city.instance("over_frequency_test", strength=strength).subject("person", patients)
    instance.settled(
        city.settle(
            rng,
            patients[turn],
            leaning(rng, places, len(turn)),
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(turn), 45, 130),
            item=limited(rng, "test"),
            lines=1,
            packs=1,
        )
    )
