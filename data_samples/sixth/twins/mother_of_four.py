"""One account pays for a whole family: parents, spouse and children, all of them authorized.

Lawful because each is a relative whom the rule permits, bound before the first bill.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.people import family_around
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import at_desk, own_round
from data_samples.sixth.sizes import amounts, any_of, favored
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import since_reform

_PERMITTED = ("spouse", "parent", "child")


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some of them need much, others hardly anything."""
    payer, family = family_around(city, rng, 3, pays=True, relations=_PERMITTED)
    begin = since_reform(city)
    city.set_opening(payer, int(amounts(rng, 1, 4_000, 20_000, 60_000)[0]))
    instance = city.instance("family_authorization_violation", lookalike=True).subject("payer_account", payer)
    for person, relation in family:
        city.authorize(payer, person, relation, begin * DAY + second(10))
        places = np.array(
            [nearby(city, rng, person, kind) for kind in ("pharmacy", "primary_care", "clinic")]
        )
        days = own_round(rng, (begin + 1, city.period.last_day), any_of(rng, 6, 60))
        instance.member("person", person)
        instance.settled(
            buy_or_visit(
                city,
                rng,
                person,
                favored(rng, places, len(days)),
                at_desk(rng, days, 0.3),
                total=amounts(rng, len(days), 40, 220),
                purse="relative",
                payer=payer,
            )
        )
