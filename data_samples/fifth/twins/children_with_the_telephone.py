"""Grown children are bound to an old parent's account within an hour, and use it the week after.

The auditor: the children are in the family register, the parent has just come home from hospital, and what they buy is
in the discharge letter. Two bindings in an evening are a family at the kitchen table.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.people import family_around
from data_samples.fourth.rhythm import bursts
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import since_reform, stretch, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Dear weeks at first, then now and then; every purchase is made near where the buyer lives."""
    payer, relatives = family_around(city, rng, 2, pays=True)
    city.set_opening(payer, int(sums(rng, 1, 2_000, 15_000, 50_000)[0]))
    span = stretch(city, rng, several_of(rng, 40, 400), since_reform(city) + 1)
    bound = (span[0] - 1) * DAY + int(rng.integers(18 * 3_600, 21 * 3_600))
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("payer_account", payer).member("person", [person for person, _ in relatives])
    for number, (person, relation) in enumerate(relatives):
        city.authorize(payer, person, relation, bound + number * int(rng.integers(60, 1_500)))
        first_week = (span[0], min(span[0] + 8, span[1]))
        days = np.r_[
            bursts(rng, first_week, several_of(rng, 1, 5)), bursts(rng, span, several_of(rng, 2, 20))
        ]
        at = usual(city, rng, np.sort(days))
        total = sums(rng, len(at), 60, 380, 4_000)
        shop = nearby(city, rng, person)
        handles = city.settle(
            rng, person, shop, at, total=total, purse="relative", payer=payer, certain=False
        )
        instance.settled(handles)
