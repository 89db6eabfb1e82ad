"""Where people go: their household's favorite, another provider of the district, or anywhere."""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import Magnitudes
from data_samples.people import People
from data_samples.period import Ints
from data_samples.places import Places


class Habits:
    """Favorite providers of every household, and gravity for all other visits.

    Args:
        rng: the generator of this component.
        people: the population.
        places: the providers.
        sizes: `magnitudes.toml`.
    """

    def __init__(self, rng: np.random.Generator, people: People, places: Places, sizes: Magnitudes) -> None:
        self.people = people
        self.places = places
        self.favorite_share = sizes["visits"]["favorite"]
        self.district_share = sizes["visits"]["own_district"]
        self.pull = sizes["places"]["own_district_pull"]
        _, first = np.unique(people.household, return_index=True)
        home_district = people.district[first]
        kinds = range(int(places.kind.max()) + 1)
        self.favorites = [self._by_gravity(rng, home_district, kind, self.pull) for kind in kinds]

    def choose(self, rng: np.random.Generator, person: Ints, kind: int) -> Ints:
        """A provider of the kind for every row of `person`."""
        favorite = self.favorites[kind][self.people.household[person]]
        district = self.people.district[person]
        chance = rng.random(len(person))
        nearby = self._by_gravity(rng, district, kind, np.inf)
        anywhere = self._by_gravity(rng, district, kind, 1.0)
        near = chance < self.favorite_share + self.district_share
        return np.where(chance < self.favorite_share, favorite, np.where(near, nearby, anywhere))

    def _by_gravity(self, rng: np.random.Generator, district: Ints, kind: int, pull: float) -> Ints:
        """A provider by popularity, those of the own district weighing `pull` times as much."""
        members = np.flatnonzero(self.places.kind == kind)
        chance = rng.random(len(district))
        chosen = np.empty(len(district), dtype=np.int64)
        for home in np.unique(district):
            own = self.places.district[members] == home
            weights = self.places.popularity[members] * (
                own.astype(float) if np.isinf(pull) and own.any() else np.where(own, min(pull, 1e6), 1.0)
            )
            edges = np.cumsum(weights)
            rows = district == home
            chosen[rows] = members[np.searchsorted(edges, chance[rows] * edges[-1], side="right")]
        return chosen
