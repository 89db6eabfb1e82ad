"""A patient has the same dear capsule prescribed at several hospitals in turn, and sells what is left over.

Kind of case: an immunosuppressant taken from many hospitals by one patient, and sold to another province.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, campaign, hours, renewals
from data_samples.seventh.measure import bills, falling, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import patient, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each hospital sees one patient with a normal pace; together it is several times the need."""
    runner = patient(city, rng, age=(28, 72))
    places = several(city, rng, how_many(rng, strength, 2, 6), "hospital", "primary_care")
    span = campaign(city, rng, strength, 80, 420, since_reform(city))
    item = int(drugs(rng, 1)[0])
    instance = city.instance("cross_provider_same_drug", strength=strength).subject("person", runner)
    for place in places.tolist():
        days = renewals(rng, span, falling(rng, strength, 13, 34))
        instance.settled(
            city.settle(
                rng,
                runner,
                place,
                hours(rng, days, "desk"),
                care="outpatient",
                total=bills(rng, len(days), 420, 1_150),
                item=item,
                packs=int(rng.integers(2, 5)),
                supply=np.where(rng.random(len(days)) < 0.7, 28, -1),
                lines=1,
                certain=False,
            )
        )
    own = busy_days(rng, span, 4)
    city.settle(rng, runner, int(places[0]), hours(rng, own, "desk"), care="outpatient", certain=False)
