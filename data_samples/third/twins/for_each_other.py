"""Two close relatives pay for each other from their accounts: registered, checked, and used for months."""

from __future__ import annotations

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import several
from data_samples.third.dice import bills, geometric
from data_samples.third.pace import outings, since_reform, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Spouses, or a child and a parent; each buys where they live."""
    kin = city.people.kin
    free = city.steady & ~city.taken & city.people.has_account(np.arange(city.people.count))
    pairs = [pair for pair in kin[free[kin[:, 0]] & free[kin[:, 1]]].tolist() if pair[2] != 2]
    pairs = [pair for pair in pairs if (pair[0], pair[1]) not in city.granted_pairs]
    if not pairs:
        return
    payer, relative, relation = pairs[int(rng.integers(len(pairs)))]
    city.taken[[payer, relative]] = True
    back = 0 if relation == 0 else 2
    begin = since_reform(city)
    shops = several(city, rng, 3, "pharmacy", "clinic", district=int(city.people.district[payer]))
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("group").member("payer_account", [payer, relative])
    for owner, user, is_to in ((payer, relative, relation), (relative, payer, back)):
        city.authorize(owner, user, RELATIONS[is_to], begin * DAY + int(rng.integers(8, 20)) * 3_600)
        days = outings(rng, (begin + 1, city.period.last_day), geometric(rng, 6, 2, 30))
        handles = city.settle(
            rng,
            user,
            rng.choice(shops, len(days)),
            usual(city, rng, days),
            total=bills(rng, len(days), 130, 0.6),
            purse="relative",
            payer=owner,
        )
        instance.settled(handles)
