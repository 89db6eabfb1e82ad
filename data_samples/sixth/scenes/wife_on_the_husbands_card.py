"""A husband's card pays for the examinations and drugs of his wife, who has no insurance of her own.

Kind of case: the national screen of women's items on men's records.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.people import among
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some of her visits need items that a man cannot need."""
    husband = int(among(city, rng, city.people.male, 1, account=True, age=(24, 62))[0])
    span = season(city, rng, strength, 60, 420, since_reform(city))
    days = flow(rng, span, whole(rng, strength, 2, 16))
    instance = city.instance("sex_incompatible_item", strength=strength).subject("person", husband)
    instance.settled(
        city.settle(
            rng,
            husband,
            favored(rng, several(city, rng, 2, "hospital", "primary_care"), len(days)),
            at_desk(rng, days),
            care="outpatient",
            total=amounts(rng, len(days), 80, 420),
            item=np.array([limited(rng, "female") for _ in days]),
            credential=2,
            certain=False,
        )
    )
