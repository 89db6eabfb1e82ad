"""A broker offers cash for personal accounts in a chat group, and brings the clients to one shop.

Kind of case: cash-out of accounts found through advertisements in a chat, with dozens of clients at one shop.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, own_needs, people
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import closest, suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each client comes on one evening or two, and pays one sum or a few that nearly empty the account."""
    shop = suspect(city, rng)
    span = campaign(city, rng, strength, 25, 210, since_reform(city))
    clients = people(city, rng, how_many(rng, strength, 4, 70), account=True, age=(21, 70))
    swipes = 1 + rng.binomial(3, 0.35, len(clients))
    who = np.repeat(clients, swipes)
    start = np.repeat(busy_days(rng, span, len(clients)), swipes)
    days = np.minimum(start + rng.integers(0, 3, len(who)), span[1])
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", shop).member("payer_account", clients)
    instance.settled(
        city.settle(
            rng,
            who,
            shop,
            hours(rng, days, "evening" if rng.random() < 0.6 else "shop"),
            total=bills(rng, len(who), 300, 1_300),
            item=leaning(rng, drugs(rng, int(rng.integers(2, 8))), len(who)),
            counter=0,
            doctor=-1,
        )
    )
    own_needs(city, rng, clients, int(closest(city, shop, "pharmacy")[0]), span)
    honest_days(city, rng, shop, span)
