"""D10: one operator skims accounts whose owners hardly ever come: small amounts, far apart, from each of many.

The owners live elsewhere in the city and see no statement. Mild instances take a little from a few, at usual hours;
strong ones take much from many in a few sittings.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.second.casting import by_day, quiet, some_days, spared, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one operator of one pharmacy or clinic."""
    for number, strength in enumerate(strengths(rng, instances, 14)):
        kind = ("pharmacy", "clinic")[number % 2]
        place = int(city.pick_providers(rng, kind, subject=True)[0])
        wanted = heavy(rng, graded(strength, 5, 9, 14), graded(strength, 15, 40, 90))
        owners = quiet(city, rng, spared(city, wanted))
        for owner in owners.tolist():
            city.set_opening(owner, heavy(rng, 150_000, 2_500_000, 0.9))
        times = heavies(rng, len(owners), graded(strength, 1, 2, 3), graded(strength, 3, 6, 14))
        owner = rng.permutation(np.repeat(owners, times))
        sittings = some_days(rng, window(city, rng, 400), graded(strength, 120, 40, 14))
        handles = city.settle(
            rng,
            owner,
            place,
            by_day(city, rng, rng.choice(sittings, len(owner))),
            care="pharmacy" if kind == "pharmacy" else "outpatient",
            total=amounts(rng, len(owner), float(rng.uniform(35, graded(strength, 90, 160, 300))), 0.5),
            counter=int(city.places.counters[place]) - 1,
            doctor=-1,
            credential=2,
        )
        instance = city.instance("account_cash_out", strength=strength)
        instance.subject("provider", place).member("payer_account", owners).settled(handles)
