"""Chronic care of employees: a programme of its own, until it became ordinary outpatient care where it has."""

from __future__ import annotations

import numpy as np
import polars as pl

from data_samples.drafts import Drafts, service_day, take
from data_samples.magnitudes import CARES, Magnitudes
from data_samples.people import RESIDENT, People
from data_samples.period import NEVER, Flags, Ints
from data_samples.settlement_rows import PROGRAMMES
from data_samples.writing import days, names
from features.calendar import day_number

_VISIT, _CHRONIC = CARES.index("outpatient"), CARES.index("chronic_outpatient")
_COMING = [CARES.index(name) for name in ("pharmacy", "outpatient", "emergency", "chronic_outpatient")]
_SPECIAL_FROM = 6
"""Programmes from this number on are those of special diseases."""
_REGISTERED_BEFORE, _REGISTERED_SPAN = 300, 700
_STOP_WITHIN = 200
"""Days after the end of a programme in which people stop coming."""


def ended(people: People, person: Ints, day: Ints, here: Magnitudes) -> Flags:
    """Whether chronic care of the person on the day is ordinary outpatient care in this area."""
    over = here["chronic_ends"] & (day >= day_number(here["policy_start"]))
    merged: Flags = over & (people.category_on(person, day) != RESIDENT)
    return merged


def as_the_rule_has_it(drafts: Drafts, people: People, here: Magnitudes) -> None:
    """Makes chronic care ordinary where it is."""
    person = drafts.person.astype(np.int64)
    over = (drafts.care == _CHRONIC) & ended(people, person, service_day(drafts), here)
    drafts.care[over] = _VISIT
    drafts.programme[over] = -1


def lose_some(
    rng: np.random.Generator,
    drafts: Drafts,
    people: People,
    here: Magnitudes,
    sizes: Magnitudes,
) -> Drafts:
    """Without the care of some who stop coming in the months after their programme ended; stays remain."""
    person, day = drafts.person.astype(np.int64), service_day(drafts)
    lost = np.zeros(people.count, dtype=bool)
    lost[person[drafts.care == _CHRONIC]] = True
    lost &= rng.random(people.count) < sizes["visits"]["chronic_lost"]
    last = day_number(here["policy_start"]) + rng.integers(0, _STOP_WITHIN, people.count)
    dropped_out = lost[person] & np.isin(drafts.care, _COMING) & (day > last[person])
    return take(drafts, ~(dropped_out & ended(people, person, day, here)))


def registered(drafts: Drafts) -> Ints:
    """Rows (person, programme) of everybody in a programme."""
    within = drafts.programme >= 0
    pairs = np.stack([drafts.person[within], drafts.programme[within]], axis=1)
    return np.unique(pairs.astype(np.int64), axis=0).reshape(-1, 2)


def registration_frame(
    pairs: Ints, people: People, ids: pl.Series, first_day: int, here: Magnitudes
) -> pl.DataFrame:
    """programme_registrations: special diseases are open, chronic ones of employees ended where they did."""
    pairs = np.unique(pairs, axis=0)
    person, programme = pairs[:, 0], pairs[:, 1]
    start = day_number(here["policy_start"])
    began = np.maximum(
        min(start, first_day) - _REGISTERED_BEFORE - person % _REGISTERED_SPAN, people.birth_day[person]
    )
    began = np.minimum(began, first_day)
    over = ended(people, person, np.full(len(person), start), here) & (programme < _SPECIAL_FROM)
    last = np.minimum(np.where(over, start - 1, NEVER), people.death_day[person])
    return pl.DataFrame(
        {
            "person_id": names(ids, person),
            "programme_code": names(PROGRAMMES, programme),
            "from": days(np.minimum(began, last)),
            "to": days(last, last >= NEVER),
        }
    ).sort("person_id", "programme_code")
