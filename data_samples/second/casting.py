"""People, providers and prescriptions for scenes, as many as the city can spare."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Instance, Stage
from data_samples.timing import moments

_PERSONS_PER_PART = 250


def spared(city: Stage, wanted: int, least: int = 3) -> int:
    """So many people, fewer in a small city, which has not many to spare."""
    return min(wanted, max(least, city.people.insured // _PERSONS_PER_PART))


def ring(city: Stage, rng: np.random.Generator, wanted: int, **choice: Any) -> Ints:
    """Unrelated people with accounts; `choice` as of `pick_people`."""
    return city.pick_people(rng, spared(city, wanted), account=True, **choice)


def lone(city: Stage, rng: np.random.Generator, **choice: Any) -> int:
    """One person with an account."""
    return int(city.pick_people(rng, 1, account=True, unrelated=False, **choice)[0])


def quiet(city: Stage, rng: np.random.Generator, wanted: int) -> Ints:
    """Owners of accounts who have hardly any settlements; taken from now on."""
    free = city.steady & ~city.taken & city.people.has_account(np.arange(city.people.count))
    owners = np.flatnonzero(free)
    order = np.lexsort((rng.random(len(owners)), city.settlements_of[owners]))
    rarest = owners[order][: max(wanted, len(owners) // 25)]
    chosen = rng.choice(rarest, min(wanted, len(rarest)), replace=False).astype(np.int64)
    city.taken[chosen] = True
    return chosen


def staff_of_an_employer(city: Stage, rng: np.random.Generator, least: int, most: int) -> Ints:
    """Free employees of one employer, which has at least so many if any has; nobody where all are taken."""
    free = city.steady & ~city.taken & (city.people.employer >= 0)
    if not free.any():
        return np.zeros(0, dtype=np.int64)
    employer = city.pick_employer(rng, least)
    there = int((free & (city.people.employer == employer)).sum())
    return city.pick_people(rng, min(there, most), employer=employer, unrelated=False)


def near(city: Stage, rng: np.random.Generator, person: int, kind: str) -> int:
    """A provider of the kind in the person's district."""
    return int(city.pick_providers(rng, kind, district=int(city.people.district[person]))[0])


def window(
    city: Stage, rng: np.random.Generator, length: int, first_day: int | None = None
) -> tuple[int, int]:
    """First and last day of a stretch of so many days, or of as many as there are from `first_day` on."""
    begin = city.period.first_day if first_day is None else max(first_day, city.period.first_day)
    latest = city.period.last_day - length + 1
    first = int(rng.integers(begin, latest + 1)) if latest >= begin else begin
    return first, min(first + length - 1, city.period.last_day)


def some_days(rng: np.random.Generator, span: tuple[int, int], count: int) -> Ints:
    """Up to so many different days of a stretch, in order."""
    days = np.arange(span[0], span[1] + 1)
    return np.sort(rng.choice(days, min(count, len(days)), replace=False)).astype(np.int64)


def by_day(city: Stage, rng: np.random.Generator, days: Ints, profile: str = "pharmacy") -> Ints:
    """Usual times of a `pharmacy`, an `emergency` or any `other` provider on these days, in seconds."""
    return moments(rng, np.asarray(days, dtype=np.int64), city.sizes, profile)


def opening(city: Stage, rng: np.random.Generator, day: int) -> int:
    """A moment in the day from which an hour or two lie in opening hours."""
    return day * DAY + int(rng.integers(8 * 60 * MINUTE, 19 * 60 * MINUTE))


def written_by(
    city: Stage, rng: np.random.Generator, desks: Ints, at: Ints, before: int = 90
) -> dict[str, Any]:
    """Prescriptions of doctors at these desks, up to so many minutes before: fields of `settle`."""
    desk = np.broadcast_to(np.asarray(desks, dtype=np.int64), len(at))
    doctor = (rng.random(len(at)) * city.places.doctors[desk]).astype(np.int64)
    return {"desk": desk, "doctor": doctor, "prescribed": at - rng.integers(3, before, len(at)) * MINUTE}


def about_place(city: Stage, instance: Instance, places: int | Ints) -> Instance:
    """Names providers as subjects of a look-alike, or a group where planted patterns name all of them."""
    planted = {
        provider
        for other in city.instances
        if not other.lookalike
        for kind, entities, _ in other.entities
        if kind == "provider"
        for provider in entities
    }
    own = [place for place in np.atleast_1d(places).tolist() if place not in planted]
    return instance.subject("provider", own) if own else instance.subject("group")
