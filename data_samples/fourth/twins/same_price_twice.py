"""An emergency abroad is reimbursed by hand, and the follow-ups at home cost the same: fixed prices, different care."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import by_hand
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, patient
from data_samples.third.pace import between, since_reform, stretch, usual


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Each day of care is billed once; some bills wait for months, and the price of a session is a list price."""
    person = patient(city, rng, age=(20, 85))
    hospital = host(city, rng, "hospital")
    first = since_reform(city)
    span = stretch(city, rng, several_of(rng, 60, 300), first)
    days = np.unique(np.maximum(on_workdays(bursts(rng, span, several_of(rng, 5, 24))), span[0]))
    price = int(sums(rng, 1, 150, 700)[0])
    online = city.settle(
        rng, person, hospital, usual(city, rng, days, "other"), care="outpatient", total=price, certain=False
    )
    late = np.minimum(span[1] + rng.integers(1, 60, several_of(rng, 1, 5)), city.period.last_day)
    at = between(rng, late, 9.0, 17.0)
    fields = by_hand(rng, at, (2, 50), first)
    alone = ~np.isin(fields["served"], days)
    _, once = np.unique(fields["served"], return_index=True)
    alone &= np.isin(np.arange(len(at)), once)
    instance = city.instance("duplicate_benefit", lookalike=True).subject("person", person).settled(online)
    if alone.any():
        mine = {name: value[alone] if np.ndim(value) else value for name, value in fields.items()}
        instance.settled(
            city.settle(
                rng, person, hospital, at[alone], care="outpatient", total=price, certain=False, **mine
            )
        )
