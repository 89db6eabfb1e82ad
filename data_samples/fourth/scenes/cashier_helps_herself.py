"""A hospital cashier books a little more on the card that lies in front of her, minutes after the true bill.

Kind of case: clerks who skim patients' personal accounts in sums too small to be noticed, and cash the receipts.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import after, bursts, on_workdays, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import usual


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Only on her own shift, only on some cards, never twice on the same day."""
    place = suspect(city, rng, str(rng.choice(["primary_care", "hospital"])))
    owners = neighbors(city, rng, number(rng, strength, 10, 60), place, account=True)
    span = phase(city, rng, strength, 60, 400)
    counter = int(rng.integers(city.places.counters[place]))
    days = on_workdays(bursts(rng, span, number(rng, strength, 26, 190)))
    days = np.maximum(days, city.period.first_day)
    who = rng.choice(owners, len(days))
    _, single = np.unique(who * 100_000 + days, return_index=True)
    who, days = who[single], days[single]
    at = usual(city, rng, days, "other")
    city.settle(rng, who, place, at, care="outpatient", counter=counter, certain=False)
    taken = rng.random(len(at)) < portion(rng, strength, 0.4, 0.9)
    taken[0] = True
    fen = sums(rng, int(taken.sum()), 15, 110, 500)
    handles = city.settle(
        rng,
        who[taken],
        place,
        after(rng, at[taken], 0.7, 14),
        care="outpatient",
        total=fen,
        in_scope=True,
        outside=fen,
        counter=counter,
        lines=1,
        doctor=-1,
        prescribed=-1,
    )
    instance = city.instance("account_cash_out", strength=strength).subject("provider", place)
    instance.member("payer_account", np.unique(who[taken])).settled(handles)
    customers(city, rng, place, np.unique(days), 3.0)
