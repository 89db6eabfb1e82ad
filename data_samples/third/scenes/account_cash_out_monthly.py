"""Each month's credit becomes groceries: neighbors come to one shop in the days after the credit.

Inspection campaigns describe rice, oil and cash for the month's credit, at a discount.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers, own_purchases
from data_samples.third.dice import of, pareto, rounded, thinned
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, since_reform, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Not everybody each month, not all of the credit, never the same item; some months nobody dares."""
    shop = suspect(city, rng)
    regulars = neighbors(city, rng, pareto(rng, of(strength, 6, 10, 18), 1.8, 50), shop, account=True)
    span = stretch(city, rng, of(strength, 150, 240, 360), since_reform(city))
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", shop).member("payer_account", regulars)
    credits_ = {who: dict(city.credits(who).tolist()) for who in regulars.tolist()}
    goods = drugs(rng, 12)
    for start in city.period.month_starts.tolist():
        day = start + city.credit_day - 1
        if not span[0] <= day <= span[1] or rng.random() < of(strength, 0.25, 0.15, 0.08):
            continue
        credited = np.array(
            [who for who in regulars.tolist() if credits_[who].get(day, 0) > 0], dtype=np.int64
        )
        if len(credited) == 0:
            continue
        today = thinned(rng, credited, of(strength, 0.5, 0.7, 0.9))
        fen = np.array([credits_[who][day] for who in today.tolist()])
        lag = rng.geometric(of(strength, 0.25, 0.4, 0.6), len(today)) - 1
        days = np.minimum(day + lag, city.period.last_day)
        part = rng.beta(of(strength, 5, 12, 40), 2, len(today))
        handles = city.settle(
            rng,
            today,
            shop,
            between(rng, days, 8.5, 20.5),
            total=rounded(rng, np.maximum((fen * part).astype(np.int64), 500), of(strength, 0.1, 0.3, 0.5)),
            item=mixed(rng, len(today), goods, 0.6),
            packs=rng.integers(1, 5, len(today)),
        )
        instance.settled(handles)
        customers(city, rng, shop, days[:1], 4.0)
    own_purchases(city, rng, regulars, shop, span, 1.5)
