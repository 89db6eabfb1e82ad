"""An employee of the reimbursement window enters papers for acquaintances while the colleagues are at lunch.

Kind of case: an insider who entered invented outpatient bills by hand and shared the money.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import by_hand
from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.pace import between, since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """High bills for care that no other record knows, between honest papers of other people."""
    place = suspect(city, rng, "hospital")
    first = since_reform(city) + 12
    span = campaign(city, rng, strength, 30, 360, first)
    friends = people(city, rng, how_many(rng, strength, 1, 8), account=True, age=(25, 75))
    days = busy_days(rng, span, how_many(rng, strength, 3, 44))
    at = between(rng, days, 12.05, 13.4)
    who = leaning(rng, friends, len(days))
    instance = city.instance("insider_operation", strength=strength)
    instance.subject("provider", place).member("person", np.unique(who))
    instance.settled(
        city.settle(
            rng,
            who,
            place,
            at,
            care="outpatient",
            total=bills(rng, len(days), 900, 3_600),
            counter=0,
            **by_hand(rng, at, (3, 28), city.period.first_day),
            certain=False,
        )
    )
    others = busy_days(rng, span, how_many(rng, strength, 10, 40))
    when = hours(rng, others, "desk")
    city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(others), place), len(others)),
        place,
        when,
        care="outpatient",
        counter=1,
        **by_hand(rng, when, (3, 28), city.period.first_day),
        certain=False,
    )
    honest_days(city, rng, place, span)
