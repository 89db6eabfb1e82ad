"""The best-earning member of a large family pays for parents, spouse and children, each of them authorized."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.people import family_around
from data_samples.fourth.rhythm import bursts
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform, stretch, usual


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Most of the bindings are made in one evening; small purchases all year, and a dear week when somebody is ill."""
    payer, relatives = family_around(city, rng, 3, pays=True)
    city.set_opening(payer, int(sums(rng, 1, 5_000, 30_000, 60_000)[0]))
    span = stretch(city, rng, several_of(rng, 120, 480), since_reform(city) + 1)
    bound = (span[0] - 1) * DAY + 20 * 3_600
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("payer_account", payer).member("person", [person for person, _ in relatives])
    for number, (person, relation) in enumerate(relatives):
        city.authorize(payer, person, relation, bound + 180 * number)
        days = bursts(rng, span, several_of(rng, 2, 26))
        at = usual(city, rng, days)
        shop = nearby(city, rng, person)
        total = sums(rng, len(at), 45, 300, 3_000)
        handles = city.settle(
            rng, person, shop, at, total=total, purse="relative", payer=payer, certain=False
        )
        instance.settled(handles)
        if chance(rng, 0.3):
            clinic = nearby(city, rng, person, "primary_care")
            at = usual(city, rng, bursts(rng, span, 3), "other")
            instance.settled(
                city.settle(
                    rng, person, clinic, at, care="outpatient", purse="relative", payer=payer, certain=False
                )
            )
