"""An account that pays for a whole house: spouse, children and parents, each of them authorized and registered."""

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
    """The owner has more kin than most, in two households; they buy where they live."""
    kin = city.people.kin
    free = city.steady & ~city.taken
    fitting = kin[city.people.has_account(kin[:, 0]) & free[kin[:, 0]] & free[kin[:, 1]]]
    new = [pair for pair in fitting.tolist() if (pair[0], pair[1]) not in city.granted_pairs]
    if not new:
        return
    payers, count = np.unique(np.array(new)[:, 0], return_counts=True)
    payer = int(rng.choice(payers[count >= min(3, count.max())]))
    relatives = [pair for pair in new if pair[0] == payer]
    city.taken[[payer, *(relative for _, relative, _ in relatives)]] = True
    begin = since_reform(city)
    city.set_opening(payer, int(rng.integers(300_000, 3_000_000)))
    instance = city.instance("family_authorization_violation", lookalike=True).subject("payer_account", payer)
    shops = several(city, rng, 3, "pharmacy", "clinic", district=int(city.people.district[payer]))
    for _, relative, relation in relatives:
        city.authorize(payer, relative, RELATIONS[relation], begin * DAY + int(rng.integers(8, 20)) * 3_600)
        days = outings(rng, (begin + 1, city.period.last_day), geometric(rng, 6, 2, 30))
        handles = city.settle(
            rng,
            relative,
            rng.choice(shops, len(days)),
            usual(city, rng, days),
            total=bills(rng, len(days), 120, 0.6),
            purse="relative",
            payer=payer,
        )
        instance.settled(handles)
