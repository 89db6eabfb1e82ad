"""An authorization that runs out and is made again the same day: a payment in the evening falls under the new one."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.dice import bills
from data_samples.third.pace import outings, since_reform, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The account pays before, on the day itself, and after it."""
    payer, relative, relation = city.pick_relatives(rng, 1)[0].tolist()
    name = ("spouse", "parent", "child")[relation]
    begin, end = since_reform(city), city.period.last_day
    turn = int(rng.integers(begin + 20, end - 20))
    city.authorize(payer, relative, name, begin * DAY + 9 * 3_600, turn * DAY + 10 * 3_600)
    city.authorize(payer, relative, name, turn * DAY + 10 * 3_600 + 60)
    shop = nearby(city, rng, relative)
    before, after = outings(rng, (begin + 1, turn - 1), 5), outings(rng, (turn + 1, end), 6)
    evening = np.array([turn * DAY + int(rng.integers(11, 20)) * 3_600])
    at = np.r_[usual(city, rng, before), evening, usual(city, rng, after)]
    handles = city.settle(
        rng, relative, shop, at, total=bills(rng, len(at), 100, 0.5), purse="relative", payer=payer
    )
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("payer_account", payer).settled(handles)
