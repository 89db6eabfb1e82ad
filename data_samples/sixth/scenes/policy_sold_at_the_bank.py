"""An agent has a policy that is on no list paid from personal accounts.

Kind of case: private insurance and gift cards charged to accounts as a premium.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owners
from data_samples.third.pace import since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same few prices, in the weeks of a sales campaign."""
    buyers = owners(city, rng, whole(rng, strength, 3, 60), age=(25, 80))
    days = flow(rng, season(city, rng, strength, 8, 120, since_reform(city)), len(buyers))
    prices = amounts(rng, 3, 190, 900)
    instance = city.instance("prohibited_account_use", strength=strength)
    instance.subject("payer_account", buyers)
    for buyer, at in zip(buyers.tolist(), at_desk(rng, days, 0.0).tolist(), strict=True):
        fen = int(rng.choice(prices))
        city.post(buyer, at, "premium", -fen, premium_kind="other")
        instance.worth(fen)
