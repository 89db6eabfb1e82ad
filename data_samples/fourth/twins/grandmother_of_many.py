"""Children and husband let a woman use their accounts; she buys with whichever has money."""

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


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Chronic medicines every few weeks at the same shop; every child has authorized her before."""
    mother, payers = family_around(city, rng, 3, pays=False, relations=("parent", "spouse"))
    shop = nearby(city, rng, mother)
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city) + 2)
    instance = city.instance("family_authorization_violation", lookalike=True).subject("person", mother)
    instance.member("payer_account", [payer for payer, _ in payers])
    for payer, relation in payers:
        city.authorize(
            payer, mother, relation, (span[0] - 2) * DAY + int(rng.integers(8 * 3_600, 40 * 3_600))
        )
        at = usual(city, rng, bursts(rng, span, several_of(rng, 3, 18)))
        total = sums(rng, len(at), 60, 420, 4_000)
        instance.settled(
            city.settle(rng, mother, shop, at, total=total, purse="relative", payer=payer, certain=False)
        )
