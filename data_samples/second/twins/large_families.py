"""Looks like D26: an account that pays for many, or is one of several that pay for one, all of them family.

One owner pays for spouse, children and parents; an old parent's bills are paid by several children; spouses pay for
each other. All are authorized in time, and most have been verified.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, some_days
from data_samples.second.draws import amounts, heavies, heavy, how_many
from data_samples.twins.kin import Kinship

_INVERSE = {"spouse": "spouse", "parent": "child", "child": "parent"}


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one family around somebody with the most relatives that are free."""
    kinship = Kinship(city)
    center_of = [
        (owner, kinship.free(owner)) for least in (4, 3, 2) for owner in kinship.free_owners(rng, least)[:200]
    ]
    center_of.sort(key=lambda each: -len(each[1]))
    planted = 0
    for center, _ in center_of:
        ties = kinship.free(center)
        if planted == how_many(instances, 60):
            return
        if city.taken[center] or len(ties) < 2:
            continue
        kinship.take([center, *(tie.person for tie in ties)])
        pays = planted % 3 != 1
        instance = city.instance("family_authorization_violation", lookalike=True)
        instance.subject("payer_account" if pays else "person", center)
        for tie in ties:
            owner = city.people.has_account(np.array([tie.person]))[0]
            if pays:
                instance.member("person", tie.person)
                instance.settled(_paid(city, rng, center, tie.person, tie.relation))
            if owner and (not pays or tie.relation == "spouse"):
                instance.member("payer_account", tie.person)
                instance.settled(_paid(city, rng, tie.person, center, _INVERSE[tie.relation]))
        planted += 1


def _paid(city: Stage, rng: np.random.Generator, payer: int, patient: int, relation: str) -> Ints:
    """Authorized early, used from the next day on, by some now and then and by others every week."""
    first = lawful_from(city) + heavy(rng, 1, 90)
    first = min(first, city.period.last_day - 20)
    city.authorize(payer, patient, relation, first * DAY + 10 * 3600, verified=bool(rng.random() < 0.9))
    days = some_days(rng, (first + 1, city.period.last_day), heavy(rng, 2, 40))
    return city.settle(
        rng,
        patient,
        near(city, rng, patient, "pharmacy"),
        by_day(city, rng, days),
        purse="relative",
        payer=payer,
        total=amounts(rng, len(days), float(rng.uniform(60, 300)), 0.7),
        packs=heavies(rng, len(days), 1, 6),
        certain=False,
    )
