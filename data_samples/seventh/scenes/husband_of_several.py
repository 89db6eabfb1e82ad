"""An account is bound to one "spouse" after another by a platform broker, each a stranger to its owner.

Kind of case: family bindings arranged for strangers so that they spend the account, several spouses at once.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage, second
from data_samples.seventh.company import people
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A binding in the minutes before the first purchase; some are ended when the money is gone."""
    payer = owner(city, rng, age=(25, 75))
    guests = people(city, rng, 1 + how_many(rng, strength, 1, 8), age=(20, 80))
    shops = several(city, rng, 3, "pharmacy", "clinic")
    span = campaign(city, rng, strength, 20, 260, since_reform(city))
    start = busy_days(rng, span, len(guests))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", payer).member("person", guests)
    for guest, day in zip(guests.tolist(), start.tolist(), strict=True):
        last = min(day + int(rng.integers(1, 30)), city.period.last_day)
        days = np.sort(np.r_[day, rng.integers(day, last + 1, rng.poisson(1.5))])
        at = np.sort(hours(rng, days, "shop"))
        bound = int(at[0]) - int(rng.integers(2, 40)) * MINUTE
        ended = (last + 1) * DAY + second(10) if rng.random() < 0.4 else -1
        city.authorize(payer, guest, "spouse", bound, ended, verified=False)
        instance.settled(
            buy_or_visit(
                city,
                rng,
                guest,
                leaning(rng, shops, len(at)),
                at,
                total=bills(rng, len(at), 120, 620),
                purse="relative",
                payer=payer,
            )
        )
