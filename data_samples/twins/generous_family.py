"""Looks like a hub account: one account pays for husband or wife, parents and children.

Two of three families made their authorizations long ago, the third all in one week, shortly before the payments;
some have been made on paper, so that nobody has verified them.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.kin import Kinship, Tie

_FEWEST, _MOST = 3, 7
_VERIFIED = 0.8


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one payer with three or more close relatives; the largest families first."""
    kinship = Kinship(city)
    wanted = instances
    for fewest in range(_FEWEST + 2, _FEWEST - 1, -1):
        for payer in kinship.free_owners(rng, fewest):
            if wanted == 0:
                return
            family = kinship.free(payer)[:_MOST]
            if city.taken[payer] or len(family) < fewest:
                continue
            kinship.take([payer, *(tie.person for tie in family)])
            _pays(city, rng, payer, family)
            wanted -= 1


def _pays(city: Stage, rng: np.random.Generator, payer: int, family: list[Tie]) -> None:
    """Months of purchases and visits near home, of some relatives often and of others seldom."""
    users = [tie.person for tie in family]
    district = int(city.people.district[payer])
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=district)[0])
    clinic = int(city.pick_providers(rng, "primary_care", district=district)[0])
    instance = city.instance("hub_account", lookalike=True).subject("payer_account", payer)
    instance.member("person", users)
    early = lawful_from(city)
    if rng.random() < 1 / 3:
        early = int(rng.integers(early, city.period.last_day - 60))
    for tie in family:
        # Also where the background has one: that may have begun later, or ended.
        started = (early + int(rng.integers(0, 7))) * DAY + int(rng.integers(second(8), second(20)))
        verified = bool(rng.random() < _VERIFIED)
        city.authorize(payer, tie.person, tie.relation, started, verified=verified)
        often = city.ranges("generous_family").count(rng, "payments")
        at = rng.integers(early + 7, city.period.last_day + 1, often) * DAY
        at += rng.integers(second(8.5), second(20), often)
        bought = rng.random(often) < 0.7
        for mine, place, care in ((bought, pharmacy, "pharmacy"), (~bought, clinic, "outpatient")):
            if mine.any():
                handles = city.settle(
                    rng,
                    tie.person,
                    place,
                    at[mine],
                    care=care,
                    purse="relative",
                    payer=payer,
                )
                instance.settled(handles)
