"""People and places for scenes, as many as the city can spare."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.magnitudes import KINDS
from data_samples.period import Ints
from data_samples.scenes import Instance, Stage
from features.errors import UsageError

_EACH = 220
"""A scene has at most one in so many people of the city, or a few in a small city."""
_FEWEST = 4
_KM_A_DEGREE = 111.2


def spare(city: Stage, wanted: int, least: int = _FEWEST) -> int:
    """So many people, or as many as the city can spare."""
    return min(wanted, max(least, city.people.insured // _EACH))


def owners(city: Stage, rng: np.random.Generator, wanted: int, **choice: Any) -> Ints:
    """Unrelated owners of accounts; `choice` as of `pick_people`."""
    return city.pick_people(rng, spare(city, wanted), account=True, **choice)


def owner(city: Stage, rng: np.random.Generator, **choice: Any) -> int:
    """An owner of an account."""
    return int(city.pick_people(rng, 1, account=True, unrelated=False, **choice)[0])


def patient(city: Stage, rng: np.random.Generator, **choice: Any) -> int:
    """Anybody."""
    return int(city.pick_people(rng, 1, unrelated=False, **choice)[0])


def neighbors(city: Stage, rng: np.random.Generator, wanted: int, place: int, **choice: Any) -> Ints:
    """Unrelated people of the district of a provider."""
    district = int(city.places.district[place])
    return city.pick_people(rng, spare(city, wanted), district=district, **choice)


def passers_by(city: Stage, rng: np.random.Generator, wanted: int, place: int) -> Ints:
    """Insured people of the district who play in no scene; they are not taken: who comes along on a day or two."""
    people = city.people
    free = city.steady & ~city.taken & (people.district == city.places.district[place])
    some = np.flatnonzero(free)
    some = some if len(some) else np.flatnonzero(city.steady & ~city.taken)
    chosen: Ints = rng.choice(some, min(wanted, max(1, len(some) // 3)), replace=False).astype(np.int64)
    return chosen


def newcomers(city: Stage, rng: np.random.Generator, wanted: int, **choice: Any) -> Ints:
    """Unrelated people with whom nothing has been planted so far: their lives may change, or be spent in a bed."""
    before = city.taken.copy()
    city.taken[city.drafts().person] = True
    try:
        chosen = city.pick_people(rng, spare(city, wanted), **choice)
    except UsageError:  # in a small city everybody has been seen
        chosen = np.zeros(0, dtype=np.int64)
    city.taken = before
    city.taken[chosen] = True
    return chosen


def unvisited(city: Stage, rng: np.random.Generator, kind: str) -> int | None:
    """A provider of the kind to which nobody has been sent, for this instance only; None where there is no such."""
    free = (city.places.kind == KINDS.index(kind)) & ~city.provider_taken & ~city.provider_visited
    free &= city.places.suspended_from > city.period.last_day
    rows = np.flatnonzero(free)
    if len(rows) < _FEWEST:
        return None
    chosen = int(rng.choice(rows))
    city.provider_taken[chosen] = city.provider_visited[chosen] = True
    return chosen


def suspect(city: Stage, rng: np.random.Generator, kind: str = "pharmacy", **choice: Any) -> int:
    """A provider that plays in this instance only."""
    return int(city.pick_providers(rng, kind, subject=True, **choice)[0])


def host(city: Stage, rng: np.random.Generator, kind: str = "pharmacy", **choice: Any) -> int:
    """A provider that is not the subject of a scene; other twins may play there, too."""
    return int(city.pick_providers(rng, kind, **choice)[0])


def nearby(city: Stage, rng: np.random.Generator, person: int, kind: str = "pharmacy") -> int:
    """A provider of the kind in the person's district."""
    return int(city.pick_providers(rng, kind, district=int(city.people.district[person]))[0])


def several(
    city: Stage, rng: np.random.Generator, count: int, *kinds: str, district: int | None = None
) -> Ints:
    """Different providers of these kinds, as far as there are so many."""
    each = -(-count // len(kinds))
    rows = np.concatenate([city.pick_providers(rng, kind, each, district=district) for kind in kinds])
    return np.asarray(rng.permutation(np.unique(rows))[:count], dtype=np.int64)


def pooled_pharmacy(city: Stage, rng: np.random.Generator, day: int, *, alone: bool = True) -> int:
    """A pharmacy where the pooled fund pays on the day, `alone`: for this instance only; else any."""
    places = city.places
    fitting = (places.kind == KINDS.index("pharmacy")) & (places.pooled_from <= day) & ~city.provider_taken
    unseen = np.flatnonzero(fitting & ~city.provider_visited)
    pool = unseen if alone and len(unseen) else np.flatnonzero(fitting)
    if len(pool) == 0:
        return suspect(city, rng) if alone else host(city, rng)
    shop = int(rng.choice(pool))
    city.provider_visited[shop] = True
    city.provider_taken[shop] |= alone
    return shop


def closest(city: Stage, place: int, kind: str, count: int = 1) -> Ints:
    """Providers of the kind that are nearest to another one, no subjects of scenes if there are others."""
    members = _others(city, place, kind)
    order = np.argsort(_degrees(city, place, members), kind="stable")
    chosen: Ints = members[order[:count]].astype(np.int64)
    city.provider_visited[chosen] = True
    return chosen


def farthest(city: Stage, rng: np.random.Generator, place: int, kind: str) -> int:
    """One of the providers of the kind that are farthest from another one, no subject if there are others."""
    members = _others(city, place, kind)
    order = np.argsort(-_degrees(city, place, members), kind="stable")
    chosen = int(rng.choice(members[order[: max(1, len(members) // 5)]]))
    city.provider_visited[chosen] = True
    return chosen


def _others(city: Stage, place: int, kind: str) -> Ints:
    members = np.flatnonzero(city.places.kind == KINDS.index(kind))
    members = members[members != place] if len(members) > 1 else members
    free = members[~city.provider_taken[members]]
    return free if len(free) else members


def kilometers(city: Stage, place: int, other: int) -> float:
    """From one provider to another, as the crow flies."""
    return float(_KM_A_DEGREE * _degrees(city, place, np.array([other]))[0])


def _degrees(city: Stage, place: int, others: Ints) -> Any:
    places = city.places
    north = places.latitude[others] - places.latitude[place]
    east = (places.longitude[others] - places.longitude[place]) * np.cos(np.radians(places.latitude[place]))
    return np.hypot(north, east)


def about(city: Stage, instance: Instance, place: int) -> Instance:
    """Names a provider as the subject of a twin, or a group where a scene has named the provider already."""
    planted = {
        provider
        for other in city.instances
        if not other.lookalike
        for kind, entities, _ in other.entities
        if kind == "provider"
        for provider in entities
    }
    return instance.subject("group") if place in planted else instance.subject("provider", place)
