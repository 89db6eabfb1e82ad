"""D31: settled for somebody who had died or was not enrolled, or at a provider without agreement."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import DAY, Stage, second

FIRST = True
"""Plays before the scenes that send people to clinics: a clinic without agreement must be out of their way."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Instances cycle through the causes, so that every city has each of them."""
    causes = (_after_death, _after_the_end, _while_suspended, _without_agreement)
    for number, strength in enumerate(city.strengths(rng, instances)):
        causes[number % len(causes)](city, rng, city.ranges("ineligible_settlement", strength))


def _after_death(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """The card of somebody who died goes on; half of the enrolments have not been ended either."""
    person = city.pick_people(rng, 1, account=True, age=(62, 100), categories=["retired"])
    day = _a_day(city, rng)
    city.die(person, day, enrolment_ends=bool(rng.random() < 0.5))
    _settled_by(city, rng, ranges, person, day + 3, day + 80)


def _after_the_end(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Enrolment was terminated, the card still works."""
    person = city.pick_people(rng, 1, account=True, age=(22, 60))
    day = _a_day(city, rng)
    city.end_cover(person, day)
    _settled_by(city, rng, ranges, person, day + 2, day + 80)


def _while_suspended(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Benefits were suspended for some weeks."""
    person = city.pick_people(rng, 1, account=True, age=(22, 60))
    day = _a_day(city, rng)
    city.pause_cover(person, day, day + 60)
    _settled_by(city, rng, ranges, person, day, day + 60)


def _a_day(city: Stage, rng: np.random.Generator) -> int:
    return int(rng.integers(city.period.first_day + 5, city.period.last_day - 82))


def _settled_by(
    city: Stage, rng: np.random.Generator, ranges: Ranges, person: Ints, first: int, last: int
) -> None:
    days = city.days(rng, ranges.count(rng, "payments"), first, last)
    place = city.pick_providers(rng, "pharmacy", district=int(city.people.district[person[0]]))[0]
    at = days * DAY + rng.integers(second(8.5), second(19), len(days))
    handles = city.settle(rng, person[0], place, at, total=ranges.fen(rng, "price", len(days)))
    city.instance("ineligible_settlement", strength=ranges.strength).subject("person", person).settled(
        handles
    )


def _without_agreement(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """A clinic whose agreement is suspended or terminated goes on settling for its usual patients."""
    clinic = int(city.pick_providers(rng, "clinic", subject=True)[0])
    day = _a_day(city, rng)
    city.suspend_provider(clinic, day, day + 60, ends=bool(rng.random() < 0.5))
    size = ranges.people(rng, "patients")
    patients = city.pick_people(rng, size, district=int(city.places.district[clinic]))
    who = np.repeat(patients, ranges.counts(rng, "times", len(patients)))
    at = rng.integers(day + 1, day + 60, len(who)) * DAY + rng.integers(second(8.5), second(18), len(who))
    handles = city.settle(rng, who, clinic, at, care="outpatient")
    instance = city.instance("ineligible_settlement", strength=ranges.strength).subject("provider", clinic)
    instance.member("person", patients).settled(handles)
