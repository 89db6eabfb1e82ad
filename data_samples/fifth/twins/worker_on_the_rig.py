"""An account is used mostly by others for a whole year: its owner works on an oil rig, the family is at home.

The auditor: each of them is bound since the first week, they buy what they are ill of where they live, and the owner's
employer confirms the months at sea.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.people import family_around
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import every_day, since_reform, stretch, usual


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Now more, now less, to the last of what is credited; a month that is dear is followed by quiet ones."""
    payer, relatives = family_around(city, rng, 2, pays=True)
    city.set_opening(payer, int(sums(rng, 1, 1_500, 9_000, 30_000)[0]))
    span = stretch(city, rng, several_of(rng, 120, 480), since_reform(city) + 8)
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("payer_account", payer).member("person", [person for person, _ in relatives])
    for person, relation in relatives:
        bound = (span[0] - int(rng.integers(1, 8))) * DAY + int(rng.integers(9 * 3_600, 21 * 3_600))
        city.authorize(payer, person, relation, bound)
        days = grown(rng, every_day(span), several_of(rng, 6, 44))
        shop, clinic = nearby(city, rng, person), nearby(city, rng, person, "primary_care")
        visits = rng.random(len(days)) < 0.3
        for rows, place, care in ((~visits, shop, "pharmacy"), (visits, clinic, "outpatient")):
            if not rows.any():
                continue
            handles = city.settle(
                rng,
                person,
                place,
                usual(city, rng, days[rows], "pharmacy" if place == shop else "other"),
                care=care,
                total=sums(rng, int(rows.sum()), 40, 220, 2_000),
                purse="relative",
                payer=payer,
                certain=False,
            )
            instance.settled(handles)
