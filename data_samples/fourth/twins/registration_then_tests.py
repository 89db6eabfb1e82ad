"""A hospital's cashier settles the registration fee, and minutes later the tests: two bills of one visit."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import after, bursts, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, since_reform, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The fee comes first and is small; the same counter is open every morning."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, several_of(rng, 8, 60), hospital)
    counter = int(rng.integers(city.places.counters[hospital]))
    span = stretch(city, rng, several_of(rng, 60, 400), since_reform(city))
    days = np.unique(np.maximum(on_workdays(bursts(rng, span, several_of(rng, 12, 120))), span[0]))
    who = rng.choice(patients, len(days))
    at = between(rng, days, 8.0, 11.5)
    fee = np.full(len(at), int(rng.choice([500, 800, 1_200, 2_000])))
    first = city.settle(
        rng, who, hospital, at, care="outpatient", total=fee, counter=counter, lines=1, certain=False
    )
    at = after(rng, at, 2, 75)
    total = sums(rng, len(at), 60, 320)
    tests = city.settle(
        rng, who, hospital, at, care="outpatient", total=total, counter=counter, certain=False
    )
    instance = about(city, city.instance("account_cash_out", lookalike=True), hospital)
    instance.member("payer_account", np.unique(who)).settled(first).settled(tests)
