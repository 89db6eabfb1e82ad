"""A woman is registered as a man, and needs what women need.

Lawful because the error is in the register: her care is that of a woman all the time.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.people import among
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow
from data_samples.sixth.sizes import any_of
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.goods import limited
from data_samples.third.pace import stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some visits a year at the same hospital."""
    unseen = ~city.people.male
    unseen[city.drafts().person] = False
    women = among(city, rng, unseen, 1, age=(20, 58))
    if len(women) == 0:  # in a small city everybody has been seen
        return
    woman = int(women[0])
    city.record_other_sex(woman)
    hospital = nearby(city, rng, woman, "hospital")
    days = flow(rng, stretch(city, rng, int(any_of(rng, 90, 400))), int(rng.integers(2, 8)))
    instance = city.instance("sex_incompatible_item", lookalike=True).subject("person", woman)
    instance.settled(
        city.settle(
            rng,
            woman,
            hospital,
            at_desk(rng, days, 0.0),
            care="outpatient",
            item=np.array([limited(rng, "female") for _ in days]),
            certain=False,
        )
    )
