"""The city without any scene: everything in it is lawful, whatever scenes later change."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_samples.chronic import as_the_rule_has_it, lose_some, registered
from data_samples.corrections import reverse_some
from data_samples.drafts import CASH, RELATIVE, Drafts, join, service_day, size, take
from data_samples.families import Authorizations, account_in_force, authorize_families, choose_purses
from data_samples.later import settle_some_later
from data_samples.magnitudes import Magnitudes
from data_samples.other_rows import Context
from data_samples.people import People, settle_people
from data_samples.period import DAY, NEVER, Flags, Ints, Period
from data_samples.places import Places, district_shares, open_places
from data_samples.visits import ordinary_days
from features.calendar import day_number

_STAY = 5


def generator(seed: int, component: str) -> np.random.Generator:
    """The random numbers of one component: none depends on what another one draws."""
    return np.random.default_rng([seed, zlib.crc32(component.encode())])


@dataclass
class Background:
    """The city before any scene; `in_programmes` are rows (person, programme)."""

    people: People
    places: Places
    granted: Authorizations
    drafts: Drafts
    contexts: list[Context]
    in_programmes: Ints


def live(seed: int, persons: int, period: Period, sizes: Magnitudes, area: Mapping[str, Any]) -> Background:
    """People, providers, families, and what everyone does on ordinary days."""
    policy_start = day_number(area["policy_start"])
    districts = district_shares(persons, sizes["places"])
    people = settle_people(generator(seed, "people"), persons, districts, period, sizes, area)
    places = open_places(generator(seed, "places"), persons, districts, period, sizes["places"], policy_start)
    granted = authorize_families(generator(seed, "families"), people, period, policy_start, sizes["families"])
    drafts, on_dialysis = ordinary_days(generator(seed, "days"), people, places, period, sizes)
    choose_purses(generator(seed, "purses"), drafts, people, granted, sizes)
    drafts = reverse_some(generator(seed, "corrections"), drafts, period, sizes)
    drafts.number[:] = np.arange(size(drafts))
    settle_some_later(generator(seed, "later"), drafts, sizes)
    in_programmes = registered(drafts)
    drafts = lose_some(generator(seed, "lost"), drafts, people, here=area, sizes=sizes)
    contexts: list[Context] = [
        ("dialysis", person, provider, period.first_day, NEVER) for person, provider in on_dialysis.tolist()
    ]
    return Background(people, places, granted, drafts, contexts, in_programmes)


def without_gaps(
    drafts: Drafts,
    people: People,
    places: Places,
    period: Period,
    planted: Drafts,
    here: Magnitudes,
) -> Drafts:
    """The background as lives and agreements allow it, after the scenes have changed some of them.

    Nobody settles while not enrolled, after death, during a stay, or at a provider without agreement; relatives
    pay only from accounts in force; relatives insured elsewhere come only when a relative pays. Nor does the
    background collide with what the scenes planted: no visit during a planted stay, no stay around a planted visit.
    Chronic care of employees is ordinary care where and since it has become that.
    """
    as_the_rule_has_it(drafts, people, here)
    person, day = drafts.person.astype(np.int64), drafts.at // DAY
    payer = drafts.payer.astype(np.int64)
    dead_purse = (drafts.purse == RELATIVE) & ~account_in_force(people, payer, day)
    drafts.purse[dead_purse] = CASH
    drafts.payer[dead_purse] = -1
    served = service_day(drafts)
    lawful = people.covered(person, day) & places.designated(drafts.provider, day)
    lawful &= people.covered(person, served) & places.designated(drafts.provider, served)
    lawful &= (day >= period.first_day) & (day <= period.last_day)
    lawful &= people.insured_here(person) | (drafts.purse == RELATIVE)
    planted_stays = take(planted, planted.care == _STAY)
    every = join([drafts, planted_stays])
    for moment in (every.at // DAY, service_day(every)):
        lawful &= ~_during_stay(every, moment)[: size(drafts)]
    lawful &= ~_stay_around(drafts, planted)
    back = drafts.reversed_at // DAY
    undone = (back >= 0) & ~(people.covered(person, back) & places.designated(drafts.provider, back))
    drafts.reversed_at[undone] = -1
    return take(drafts, lawful)


def _during_stay(drafts: Drafts, day: Ints) -> Flags:
    """Whether the day falls strictly inside, or its stay overlaps, an earlier stay of the person."""
    stays = np.flatnonzero(drafts.care == _STAY)
    key = drafts.person[stays].astype(np.int64) * NEVER + drafts.admitted[stays]
    order = np.argsort(key, kind="stable")
    person = drafts.person[stays][order].astype(np.int64) * NEVER
    # The latest end so far: a short stay may begin, and end, within a long one.
    ends = np.maximum.accumulate(person + (drafts.at[stays] // DAY)[order]) - person
    key = key[order]
    at = np.where(drafts.care == _STAY, drafts.admitted, day)
    mine = drafts.person.astype(np.int64) * NEVER + at
    before = np.searchsorted(key, mine, side="left") - 1
    same = (
        (before >= 0) & (key[before] // NEVER == drafts.person) if len(key) else np.zeros(size(drafts), bool)
    )
    return same & (at < ends[before]) if len(key) else same


def _stay_around(drafts: Drafts, planted: Drafts) -> Flags:
    """Whether it is a stay with a planted settlement of the person between its first and its last day."""
    seen = np.sort(planted.person.astype(np.int64) * NEVER + service_day(planted))
    person = drafts.person.astype(np.int64) * NEVER
    after_admission = np.searchsorted(seen, person + drafts.admitted, side="right")
    before_discharge = np.searchsorted(seen, person + drafts.at // DAY, side="left")
    around: Flags = (drafts.care == _STAY) & (before_discharge > after_admission)
    return around
