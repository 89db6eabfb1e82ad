"""Looks like a collector: several relatives' accounts pay for one frail parent, spouse or child."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.kin import Kinship

_INVERSE = {"spouse": "spouse", "parent": "child", "child": "parent"}
_FEWEST = 2
_VERIFIED = 0.8


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with two or more payers, each authorized; the most payers first."""
    kinship = Kinship(city)
    order = rng.permutation(np.flatnonzero(city.steady & ~city.taken))
    wanted = instances
    for fewest in (_FEWEST + 1, _FEWEST):
        for patient in order.tolist():
            if wanted == 0:
                return
            ties = [] if city.taken[patient] else kinship.free(patient)
            owner = city.people.has_account(np.array([tie.person for tie in ties], dtype=np.int64))
            payers = [
                (tie.person, _INVERSE[tie.relation]) for tie, has in zip(ties, owner, strict=True) if has
            ]
            if len(payers) < fewest:
                continue
            kinship.take([patient, *(payer for payer, _ in payers)])
            _is_paid_for(city, rng, patient, payers)
            wanted -= 1


def _is_paid_for(city: Stage, rng: np.random.Generator, patient: int, payers: list[tuple[int, str]]) -> None:
    """Purchases from each account, at the pharmacy and the health center near home."""
    district = int(city.people.district[patient])
    places = np.r_[
        city.pick_providers(rng, "pharmacy", district=district),
        city.pick_providers(rng, "pharmacy", district=district),
    ]
    instance = city.instance("collector_account", lookalike=True).subject("person", patient)
    instance.member("payer_account", [payer for payer, _ in payers])
    for payer, relation in payers:
        start = lawful_from(city) + int(rng.integers(0, 25))
        verified = bool(rng.random() < _VERIFIED)
        city.authorize(payer, patient, relation, start * DAY + second(9), verified=verified)
        often = city.ranges("cared_for_by_several").count(rng, "payments")
        at = rng.integers(start + 1, city.period.last_day + 1, often) * DAY
        at += rng.integers(second(8.5), second(20), often)
        handles = city.settle(rng, patient, rng.choice(places, often), at, purse="relative", payer=payer)
        instance.settled(handles)
