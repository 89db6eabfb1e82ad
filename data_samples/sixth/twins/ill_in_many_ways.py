"""A patient with heart, kidney and eyes to care for goes to three places a month.

Lawful because each place treats another illness with another drug, in the quantity of a month.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts
from data_samples.third.acts import twin
from data_samples.third.cast import owner, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Three specialists, three drugs, thirty days of supply."""
    person = owner(city, rng, age=(55, 90))
    places = several(city, rng, 3, "hospital", "primary_care")
    items = drugs(rng, len(places))
    instance = city.instance("professional_buyer", lookalike=True).subject("person", person)
    for place, item in zip(places.tolist(), items.tolist(), strict=True):
        days = since_reform(city) + int(rng.integers(0, 30)) + np.cumsum(np.r_[0, rng.integers(29, 34, 40)])
        days = days[days <= city.period.last_day]
        instance.settled(
            city.settle(
                rng,
                person,
                place,
                at_desk(rng, days, 0.0),
                care="outpatient",
                total=amounts(rng, len(days), 90, 260, 900),
                item=item,
                packs=2,
                lines=1,
                supply=30,
                doctor=0,
                certain=False,
            )
        )
