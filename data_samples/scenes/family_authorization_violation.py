"""D26: a relative's account pays without a valid authorization, for each of five causes.

The fifth, that the relative's enrolment here had ended, is planted only where enrolment is known to be asked for; the
settlement is then also one of somebody not entitled (D31), and the truth says both.
"""

from __future__ import annotations

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from

_KIN = RELATIONS[:3]
_NOT_YET_PERMITTED = ("sibling", "grandparent", "grandchild")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pair of payer and patient; instances cycle through the causes."""
    causes = [_never, _before, _after_the_end, _not_permitted]
    causes += [_lapsed] if city.here["relatives_enrolled"] else []
    for number, strength in enumerate(city.strengths(rng, instances)):
        causes[number % len(causes)](city, rng, city.ranges("family_authorization_violation", strength))


def _never(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Nobody ever authorized anybody."""
    payer, patient, _ = city.pick_relatives(rng, 1)[0].tolist()
    first = _a_day(city, rng)
    _record(city, ranges, payer, patient, _paid(city, rng, ranges, payer, patient, first, first + 80))


def _before(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """The authorization came weeks after the first payments; later ones are lawful."""
    payer, patient, relation = city.pick_relatives(rng, 1)[0].tolist()
    first = _a_day(city, rng)
    early = _paid(city, rng, ranges, payer, patient, first, first + 40)
    city.authorize(payer, patient, _KIN[relation], (first + 41) * DAY + second(10))
    _paid(city, rng, ranges, payer, patient, first + 42, first + 84)
    _record(city, ranges, payer, patient, early)


def _after_the_end(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """The authorization had been withdrawn; earlier payments are lawful."""
    payer, patient, relation = city.pick_relatives(rng, 1)[0].tolist()
    first = _a_day(city, rng)
    city.authorize(payer, patient, _KIN[relation], first * DAY, (first + 40) * DAY + second(12))
    _paid(city, rng, ranges, payer, patient, first + 1, first + 39)
    _record(city, ranges, payer, patient, _paid(city, rng, ranges, payer, patient, first + 41, first + 84))


def _not_permitted(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Authorized as a relative whom the law of the time did not permit."""
    payer, patient = city.pick_people(rng, 2, account=True, age=(30, 80)).tolist()
    first = _a_day(city, rng)
    city.authorize(payer, patient, str(rng.choice(_NOT_YET_PERMITTED)), first * DAY)
    _record(city, ranges, payer, patient, _paid(city, rng, ranges, payer, patient, first + 1, first + 80))


def _lapsed(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """The authorized relative was no longer enrolled."""
    payer, patient, relation = city.pick_relatives(rng, 1)[0].tolist()
    first = _a_day(city, rng)
    city.authorize(payer, patient, _KIN[relation], first * DAY)
    city.end_cover(patient, first + 20)
    paid = _paid(city, rng, ranges, payer, patient, first + 22, first + 84)
    _record(city, ranges, payer, patient, paid)
    city.instance("ineligible_settlement", strength=ranges.strength).subject("person", patient).settled(paid)


def _a_day(city: Stage, rng: np.random.Generator) -> int:
    """A day since when an account may be shared at all, and 85 days before the end."""
    return int(rng.integers(lawful_from(city) + 1, city.period.last_day - 85))


def _paid(
    city: Stage, rng: np.random.Generator, ranges: Ranges, payer: int, patient: int, first: int, last: int
) -> Ints:
    """Purchases of the patient, paid by the payer's account."""
    days = city.days(rng, ranges.count(rng, "payments"), first, last)
    place = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[patient]))[0])
    at = days * DAY + rng.integers(second(8.5), second(20), len(days))
    total = ranges.fen(rng, "price", len(days))
    return city.settle(rng, patient, place, at, purse="relative", payer=payer, total=total)


def _record(city: Stage, ranges: Ranges, payer: int, patient: int, handles: Ints) -> None:
    instance = city.instance("family_authorization_violation", strength=ranges.strength)
    instance.subject("payer_account", payer).member("person", patient).settled(handles)
