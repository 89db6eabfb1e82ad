"""A relative is bound to the account in the waiting room, and the first bill is a large one.

Lawful because they are recorded relatives, and the binding came before the payment.
"""

from __future__ import annotations

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some further bills of the same illness follow."""
    payer, sick, relation = city.pick_relatives(rng, 1)[0].tolist()
    hospital = nearby(city, rng, sick, "hospital")
    first = int(rng.integers(since_reform(city) + 3, city.period.last_day - 30))
    days = np.r_[first, np.unique(first + rng.integers(3, 28, int(rng.integers(1, 5))))]
    at = np.sort(hours(rng, days, "desk"))
    city.authorize(payer, sick, RELATIONS[relation], int(at[0]) - int(rng.integers(4, 40)) * MINUTE)
    total = bills(rng, len(days), 180, 600)
    total[0] = total.max() * 3
    instance = city.instance("family_authorization_violation", lookalike=True).subject("payer_account", payer)
    instance.member("person", sick).settled(
        city.settle(
            rng,
            sick,
            hospital,
            at,
            care="outpatient",
            total=total,
            purse="relative",
            payer=payer,
            diagnosis=52,
            prescribed=at - 3 * MINUTE,
        )
    )
