"""A household buys the same few drugs for every member in the pollen months, at whichever shop is on the way."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """More often than others and at several places, small packs that last a week each."""
    home = city.pick_household(rng, 3)
    district = int(city.people.district[home[0]])
    desks = several(city, rng, 2, "clinic", "primary_care", district=district)
    places = np.r_[desks, several(city, rng, several_of(rng, 1, 4), "pharmacy", district=district)]
    span = stretch(city, rng, several_of(rng, 30, 90), since_reform(city))
    wanted = drugs(rng, 3)
    instance = city.instance("oversupply", lookalike=True).subject("person", home)
    for person in home.tolist():
        at = usual(city, rng, np.unique(bursts(rng, span, max(2, (span[1] - span[0]) // 12))), "other")
        instance.settled(
            buy_or_visit(
                city,
                rng,
                person,
                rng.choice(places, len(at)),
                at,
                desks=desks,
                total=sums(rng, len(at), 25, 110),
                item=rng.choice(wanted, len(at)),
                packs=1,
                supply=7,
                certain=False,
            )
        )
