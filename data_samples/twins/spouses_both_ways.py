"""Looks like D26: husband and wife have authorized each other, and each account pays for the other."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.kin import Kinship
from data_samples.twins.payment import ordinary_times, purchases
from data_samples.twins.share import share

_SHARE = 15


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one couple, both with an account."""
    kinship = Kinship(city)
    wanted = share(instances, _SHARE)
    for free_owner in kinship.free_owners(rng, 1):
        if wanted == 0:
            break
        other = next((tie.person for tie in kinship.free(free_owner) if tie.relation == "spouse"), -1)
        if other < 0 or city.taken[free_owner] or not city.people.has_account(np.array([other]))[0]:
            continue
        kinship.take([free_owner, other])
        instance = city.instance("family_authorization_violation", lookalike=True)
        instance.subject("payer_account", [free_owner, other]).member("person", [free_owner, other])
        first = int(rng.integers(lawful_from(city), city.period.last_day - 80))
        for payer, patient in ((free_owner, other), (other, free_owner)):
            start = first + int(rng.integers(0, 10))
            city.authorize(payer, patient, "spouse", start * DAY + second(8))
            often = city.ranges("spouses_both_ways").count(rng, "payments")
            at = ordinary_times(city, rng, often, start + 1, first + 80)
            instance.settled(purchases(city, rng, payer, patient, at))
        wanted -= 1
