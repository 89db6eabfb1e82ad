"""A divorced spouse goes on paying from the other's account after the authorization has ended."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby
from data_samples.third.dice import bills, geometric, of
from data_samples.third.pace import outings, since_reform, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """It was lawful for months; then it was not, and nobody noticed."""
    payer, relative, relation = city.pick_relatives(rng, 1)[0].tolist()
    begin, end = since_reform(city), city.period.last_day
    last = int(rng.integers(begin + (end - begin) // 3, begin + 3 * (end - begin) // 4))
    name = ("spouse", "parent", "child")[relation]
    city.authorize(payer, relative, name, begin * DAY + 9 * 3_600, (last + 1) * DAY - 1)
    shop = nearby(city, rng, relative)
    lawful = usual(city, rng, outings(rng, (begin, last), geometric(rng, 5, 2, 20)))
    paid: dict[str, Any] = {"purse": "relative", "payer": payer}
    city.settle(rng, relative, shop, lawful, total=bills(rng, len(lawful), 90, 0.5), **paid)
    days = outings(
        rng, (last + 1, end), geometric(rng, of(strength, 2.0, 4.0, 9.0), of(strength, 1, 2, 4), 30)
    )
    handles = city.settle(
        rng, relative, shop, usual(city, rng, days), total=bills(rng, len(days), 110, 0.6), **paid
    )
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", payer).member("person", relative).settled(handles)
