"""A shop assistant has customers bind her as a relative on their phones, buys at once, hands out cash, and unbinds.

Kind of case: pharmacy staff who empty personal accounts through family binding instead of the owner's own code.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import after, bursts, phase
from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, patient, several
from data_samples.third.dice import chance
from data_samples.third.pace import between, since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some bindings last minutes, others are forgotten for weeks and used again; several shops share the sales."""
    assistant = patient(city, rng, age=(22, 60))
    district = int(city.people.district[assistant])
    shops = several(city, rng, number(rng, strength, 1, 4), "pharmacy", district=district)
    payers = neighbors(city, rng, number(rng, strength, 4, 26), int(shops[0]), account=True)
    span = phase(city, rng, strength, 60, 330, since_reform(city))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("person", assistant).member("payer_account", payers)
    meetings = between(rng, bursts(rng, span, len(payers)), 8.5, 20.5)
    for payer, met in zip(payers.tolist(), meetings.tolist(), strict=True):
        times = np.array([met] * (1 + int(chance(rng, portion(rng, strength, 0.1, 0.6)))))
        at = np.sort(after(rng, times, 1.5, 40))
        last = int(at[-1])
        until = int(after(rng, np.array([last]), 2, 600)[0]) if chance(rng, 0.75) else -1
        relation = str(rng.choice(["parent", "spouse", "child"], p=[0.45, 0.25, 0.3]))
        city.authorize(
            payer,
            assistant,
            relation,
            met - int(rng.integers(0, 2 * MINUTE)),
            until,
            verified=chance(rng, 0.2),
        )
        fen = sums(rng, len(at), 180, 1_400, 6_000)
        shop = uneven(rng, shops, len(at))
        instance.settled(city.settle(rng, assistant, shop, at, total=fen, purse="relative", payer=payer))
