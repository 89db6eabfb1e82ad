"""Looks like D34: three to six people of one family go to the pharmacy or the clinic together, again and again.

Households, and families of two households. Some have authorized each other, half of the families have not.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.kin import Kinship
from data_samples.twins.share import share

_SHARE = 35
_MOST = 6


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one family."""
    kinship = Kinship(city)
    for number in range(share(instances, _SHARE)):
        family = _two_households(city, rng) if number % 3 == 2 else city.pick_household(rng, 3)
        family = family[:_MOST]
        if number % 2:
            _authorize(city, rng, family, kinship)
        kind = str(rng.choice(["pharmacy", "clinic", "primary_care"], p=[0.6, 0.2, 0.2]))
        place = int(city.pick_providers(rng, kind, district=int(city.people.district[family[0]]))[0])
        instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", family)
        ranges, attendance = city.ranges("families_together"), rng.uniform(0.7, 0.95)
        minutes = ranges.count(rng, "minutes")
        care = "pharmacy" if kind == "pharmacy" else "outpatient"
        for day in city.days(rng, ranges.count(rng, "days", city.period.days)):
            there = rng.permutation(family[rng.random(len(family)) < attendance])
            if len(there) == 0:
                continue
            at = day * DAY + second(rng.uniform(8, 19)) + rng.integers(0, minutes * MINUTE, len(there))
            instance.settled(
                city.settle(
                    rng,
                    there,
                    place,
                    at,
                    care=care,
                    certain=False,
                )
            )


def _two_households(city: Stage, rng: np.random.Generator) -> Ints:
    """An owner and a parent or child who lives elsewhere, with those who live with them."""
    first, second, _ = city.pick_relatives(rng, 1, living_together=False)[0].tolist()
    near = np.r_[city.household_of(first), city.household_of(second)]
    others = near[city.steady[near] & ~city.taken[near]]
    city.taken[others] = True
    return np.concatenate([[first, second], others])


def _authorize(city: Stage, rng: np.random.Generator, family: Ints, kinship: Kinship) -> None:
    """Some of the family let relatives use their account."""
    members = set(family.tolist())
    owners = family[city.people.has_account(family)]
    start = (lawful_from(city) + int(rng.integers(0, 30))) * DAY + second(10)
    for owner in owners[:2].tolist():
        for tie in kinship.of(owner):
            if tie.person in members and (owner, tie.person) not in city.granted_pairs:
                city.authorize(owner, tie.person, tie.relation, start)
