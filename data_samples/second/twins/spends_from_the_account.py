"""Looks like D10: accounts that are emptied, or wake up, because their owners buy what they need.

Somebody stocks up soon after each credit at the usual shop; a couple buys for the winter in large baskets; people who
never came before fall ill in the same flu season and go to the clinic around the corner.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, by_day, lone, near, quiet, some_days, spared, window
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """The three ways take turns."""
    for number in range(how_many(instances, 50)):
        (_after_the_credit, _for_the_winter, _flu_season)[number % 3](city, rng)


def _after_the_credit(city: Stage, rng: np.random.Generator) -> None:
    """Every month within some days, for about what was credited; a regular drug and something else."""
    owner = lone(city, rng, age=(35, 92))
    city.set_opening(owner, heavy(rng, 500, 40_000))
    due = city.credits(owner)
    day = np.minimum(due[:, 0] + heavies(rng, len(due), 1, 9), city.period.last_day)
    total = (due[:, 1] * rng.uniform(0.5, 1.15, len(due))).astype(np.int64) + 100
    shop = near(city, rng, owner, "pharmacy")
    handles = city.settle(
        rng, owner, shop, by_day(city, rng, day), total=total, certain=False, item=int(rng.integers(1, 285))
    )
    _record(city, np.array([owner]), handles)


def _for_the_winter(city: Stage, rng: np.random.Generator) -> None:
    """A few large baskets, some of them of packs at a round price."""
    payer, relative, _ = city.pick_relatives(rng, 1, living_together=True)[0].tolist()
    both = np.array([payer, relative])
    owners = both[city.people.has_account(both)]
    person = np.repeat(owners, heavies(rng, len(owners), 1, 6))
    shop = near(city, rng, payer, "pharmacy")
    day = rng.choice(some_days(rng, window(city, rng, 45), 10), len(person))
    total = amounts(rng, len(person), 260, 0.6)
    total = np.where(
        rng.random(len(person)) < 0.4, np.round(total / 5_000).astype(np.int64) * 5_000 + 5_000, total
    )
    _record(city, owners, city.settle(rng, person, shop, by_day(city, rng, day), total=total, certain=False))


def _flu_season(city: Stage, rng: np.random.Generator) -> None:
    """Each comes once or twice within two months, to the only counter of a clinic."""
    clinic = int(city.pick_providers(rng, "clinic")[0])
    owners = quiet(city, rng, spared(city, heavy(rng, 5, 50)))
    person: Ints = np.repeat(owners, rng.integers(1, 3, len(owners)))
    day = rng.choice(some_days(rng, window(city, rng, 60), 60), len(person))
    at = np.minimum(by_day(city, rng, day, "other"), (city.period.last_day + 1) * DAY - 1)
    handles = city.settle(
        rng,
        person,
        clinic,
        at,
        care="outpatient",
        total=amounts(rng, len(person), 85, 0.6),
        counter=0,
        certain=False,
    )
    instance = city.instance("account_cash_out", lookalike=True)
    about_place(city, instance, clinic).member("payer_account", owners).settled(handles)


def _record(city: Stage, owners: Ints, handles: Ints) -> None:
    instance = city.instance("account_cash_out", lookalike=True)
    instance.subject("payer_account", owners).member("person", owners).settled(handles)
