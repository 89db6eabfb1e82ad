"""A shop sells foot baths and massage chairs behind the counter, and takes them from the accounts.

Kind of case: wellness goods paid from personal accounts at a designated pharmacy.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, own_needs, people
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Customers buy once or twice, in weeks with lectures; the shop also sells drugs."""
    shop = suspect(city, rng)
    span = campaign(city, rng, strength, 15, 240, since_reform(city))
    buyers = people(city, rng, how_many(rng, strength, 2, 44), shop, account=True, age=(45, 90))
    who = np.repeat(buyers, 1 + rng.binomial(2, 0.25, len(buyers)))
    days = busy_days(rng, span, len(who))
    instance = city.instance("prohibited_account_use", strength=strength)
    instance.subject("provider", shop).member("payer_account", buyers)
    instance.settled(
        city.settle(
            rng,
            rng.permutation(who),
            shop,
            hours(rng, days, "shop"),
            total=bills(rng, len(who), 260, 1_500),
            item_kind="wellness",
            lines=1,
            doctor=-1,
        )
    )
    own_needs(city, rng, buyers, shop, span)
    honest_days(city, rng, shop, span)
