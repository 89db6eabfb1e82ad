"""Each pays for the next: strangers have authorized one another as relatives, in a circle, to empty their accounts."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, several
from data_samples.third.dice import bills, geometric, of
from data_samples.third.pace import outings, since_reform, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Unchecked authorizations of different days and kinds; each link is used when it suits, some of them hardly."""
    ring = owners(city, rng, geometric(rng, of(strength, 3.2, 4.0, 5.5), 3, 10))
    span = stretch(city, rng, of(strength, 120, 190, 280), since_reform(city) + 5)
    shops = several(city, rng, 3, "pharmacy", "clinic")
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("group").member("payer_account", ring)
    for payer, user in zip(ring.tolist(), np.roll(ring, -1).tolist(), strict=True):
        made = span[0] * DAY - int(rng.integers(1, 5)) * DAY + int(rng.integers(9, 20)) * 3_600
        city.authorize(payer, user, str(rng.choice(["child", "parent", "spouse"])), made, verified=False)
        days = outings(rng, span, geometric(rng, of(strength, 2, 4, 7), 1, 25))
        handles = city.settle(
            rng,
            user,
            rng.choice(shops, len(days)),
            usual(city, rng, days),
            total=bills(rng, len(days), of(strength, 110, 170, 260), 0.6),
            purse="relative",
            payer=payer,
        )
        instance.settled(handles)
