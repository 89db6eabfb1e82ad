"""A revoked authorization goes on paying: the former spouse shops on the account for months.

Kind of case: family mutual aid used after its end at a shop that keeps the binding in its own program.
"""

from __future__ import annotations

import numpy as np

from data_samples.families import RELATIONS
from data_samples.fourth.care import buy_or_visit
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import at_desk, own_round
from data_samples.sixth.sizes import amounts, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Lawful use before the day of the end, unlawful use after it."""
    payer, former, relation = city.pick_relatives(rng, 1)[0].tolist()
    begin = since_reform(city)
    end = int(rng.integers(begin + 20, max(begin + 21, city.period.last_day - whole(rng, strength, 30, 200))))
    city.authorize(payer, former, RELATIONS[relation], begin * DAY + second(9.5), end * DAY + second(17))
    shops = several(city, rng, 2, "pharmacy", "clinic")
    gap = rarer(rng, strength, 4, 26)
    before = own_round(rng, (begin + 1, end - 1), 1.6 * gap)
    after = own_round(rng, (end + 1, min(end + whole(rng, strength, 40, 260), city.period.last_day)), gap)
    days = np.r_[before, after]
    handles = buy_or_visit(
        city,
        rng,
        former,
        favored(rng, shops, len(days)),
        at_desk(rng, days, 0.4),
        total=amounts(rng, len(days), 60, 330),
        purse="relative",
        payer=payer,
    )
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", payer).member("person", former).settled(handles[len(before) :])
