"""Looks like D28: what accounts may pay although it is no drug: devices, consumables, listed premiums."""

from __future__ import annotations

import numpy as np

from data_samples.people import RESIDENT
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.whereabouts import a_month, in_hours
from data_samples.twins.kin import Kinship, Tie
from features.errors import UsageError
from features.money import FEN_PER_YUAN

_WAYS = 4
_OWN_PREMIUMS = ("supplementary", "long_term_care", "government_commercial")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account; the four ways take turns."""
    kinship = Kinship(city)
    for number in range(max(instances, _WAYS)):
        if number % _WAYS == 0:
            _goods(city, rng, "device")
        elif number % _WAYS == 1:
            _for_a_relative(city, rng, kinship)
        elif number % _WAYS == 2:
            _goods(city, rng, "consumable")
        else:
            _for_oneself(city, rng)


def _goods(city: Stage, rng: np.random.Generator, kind: str) -> None:
    """Purchases within a month at one pharmacy."""
    owner = _owner(city, rng)
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[owner]))[0])
    days = city.days(
        rng,
        city.ranges("permitted_account_use").count(rng, "purchases"),
        *a_month(city, rng, city.policy_start),
    )
    handles = city.settle(
        rng,
        owner,
        pharmacy,
        in_hours(rng, days, 8.5, 20),
        total=city.ranges("permitted_account_use").fen(rng, "price", len(days)),
        item_kind=kind,
        lines=1,
        doctor=-1,
        prescribed=-1,
        diagnosis=-1,
    )
    instance = city.instance("prohibited_account_use", lookalike=True).subject("provider", pharmacy)
    instance.member("person", owner).settled(handles)


def _for_a_relative(city: Stage, rng: np.random.Generator, kinship: Kinship) -> None:
    """The resident's premium of a spouse, parent or child, who is authorized."""
    owner, tie = _with_resident(city, rng, kinship)
    at = _a_time(city, rng)
    city.authorize(owner, tie.person, tie.relation, at - int(rng.integers(1, 10)) * DAY)
    _pay(city, owner, at, "resident", tie.person)


def _with_resident(city: Stage, rng: np.random.Generator, kinship: Kinship) -> tuple[int, Tie]:
    """The owner of an account, and a relative in the residents' scheme whom nobody has authorized yet."""
    for owner in kinship.free_owners(rng, 1):
        for tie in kinship.free(owner):
            resident = city.people.category[tie.person] == RESIDENT
            if resident and (owner, tie.person) not in city.granted_pairs:
                kinship.take([owner, tie.person])
                return owner, tie
    raise UsageError(
        "The simulated city has too few families for its scenes.",
        next_step="Simulate at least 1,000 persons.",
    )


def _for_oneself(city: Stage, rng: np.random.Generator) -> None:
    """Employees' supplementary, long-term care or government-guided insurance of the owner."""
    owner = _owner(city, rng)
    _pay(city, owner, _a_time(city, rng), str(rng.choice(_OWN_PREMIUMS)), owner)


def _pay(city: Stage, owner: int, at: int, kind: str, beneficiary: int) -> None:
    fen = round(city.sizes["premiums"][kind] * FEN_PER_YUAN)
    city.post(owner, at, "premium", -fen, kind, beneficiary)
    city.instance("prohibited_account_use", lookalike=True).subject("person", owner).worth(fen)


def _owner(city: Stage, rng: np.random.Generator) -> int:
    return int(city.pick_people(rng, 1, account=True, age=(25, 85), unrelated=False)[0])


def _a_time(city: Stage, rng: np.random.Generator) -> int:
    """Office hours of a day after mutual aid began."""
    first = max(city.period.first_day, city.policy_start) + 12
    day = int(rng.integers(first, city.period.last_day - 5))
    return day * DAY + int(rng.integers(second(9), second(17)))
