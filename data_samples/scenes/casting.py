"""Choosing people and providers for scenes: each person plays in one scene only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data_samples.families import Authorizations
from data_samples.magnitudes import CATEGORIES, KINDS
from data_samples.people import People
from data_samples.period import NEVER, Flags, Ints, Period
from data_samples.places import Places
from features.errors import UsageError

_YEAR = 365
_TRIES, _TRIES_EACH = 300, 60
"""How many candidates are looked at, and how many more for each one wanted."""


class Casting:
    """Who is still free to play.

    Args:
        people: the population.
        places: the providers.
        period: the months of the city.
        granted: the authorizations of the background.
    """

    def __init__(self, people: People, places: Places, period: Period, granted: Authorizations) -> None:
        self.people = people
        self.places = places
        self.period = period
        self.taken = np.zeros(people.count, dtype=bool)
        self.provider_taken = np.zeros(places.count, dtype=bool)
        self.provider_visited = np.zeros(places.count, dtype=bool)
        everyone = np.arange(people.count)
        first, last = (np.full(people.count, day) for day in (period.first_day, period.last_day))
        # Steady lives only: a scene that needs a change of enrolment makes it itself.
        self.steady: Flags = (
            people.covered(everyone, first)
            & people.covered(everyone, last)
            & (people.pause_from >= NEVER)
            & (people.change_day >= NEVER)
            & people.insured_here(everyone)
        )
        self.granted_pairs = {
            pair
            for payer, beneficiary in zip(
                granted["payer"].tolist(), granted["beneficiary"].tolist(), strict=True
            )
            for pair in ((payer, beneficiary), (beneficiary, payer))
        }
        self._kin_homes = _kin_homes(people)

    def pick_people(
        self,
        rng: np.random.Generator,
        count: int,
        *,
        categories: Sequence[str] | None = None,
        district: int | None = None,
        employer: int | None = None,
        account: bool = False,
        age: tuple[int, int] = (0, 120),
        unrelated: bool = True,
    ) -> Ints:
        """Free people with steady enrolment; they are taken from now on.

        Args:
            rng: the scene's generator.
            count: how many.
            categories: of these person categories only.
            district: of this district, as far as it has enough of them.
            employer: employed there.
            account: owners of a personal account only.
            age: least and greatest age in years on the last day.
            unrelated: no two of one household, of related households, or (unless `employer`) of one employer.

        Raises:
            UsageError: the city is too small for so many.
        """
        people = self.people
        years = (self.period.last_day - people.birth_day) // _YEAR
        free = self.steady & ~self.taken & (years >= age[0]) & (years <= age[1])
        if categories is not None:
            free &= np.isin(people.category, [CATEGORIES.index(name) for name in categories])
        if account:
            free &= people.has_account(np.arange(people.count))
        if employer is not None:
            free &= people.employer == employer
        nearby = free & (people.district == district) if district is not None else free
        enough = _TRIES + _TRIES_EACH * count
        candidates = np.r_[_some(rng, nearby, enough), _some(rng, free, enough)]
        chosen = self._unrelated(candidates, count, employer is None) if unrelated else candidates[:count]
        if len(chosen) < count:
            raise UsageError(
                "The simulated city has too few people for its scenes.",
                next_step="Simulate at least 1,000 persons.",
            )
        self.taken[chosen] = True
        return np.array(chosen, dtype=np.int64)

    def _unrelated(self, candidates: Ints, count: int, employers_differ: bool) -> list[int]:
        chosen: list[int] = []
        homes: set[int] = set()
        employers: set[int] = set()
        for person in candidates.tolist():
            home, employer = int(self.people.household[person]), int(self.people.employer[person])
            if home in homes or (employers_differ and employer in employers):
                continue
            chosen.append(person)
            if len(chosen) == count:
                break
            homes |= {home, *self._kin_homes.get(home, ())}
            employers |= {employer} - {-1}
        return chosen

    def pick_relatives(
        self, rng: np.random.Generator, count: int, *, living_together: bool | None = None
    ) -> Ints:
        """Rows (payer, beneficiary, relation): the payer owns an account, nobody has authorized the other.

        Relations are 0 spouse, 1 parent, 2 child: what the beneficiary is to the payer.

        Raises:
            UsageError: the city is too small for so many.
        """
        people, kin = self.people, self.people.kin
        free = self.steady & ~self.taken
        fitting = people.has_account(kin[:, 0]) & free[kin[:, 0]] & free[kin[:, 1]]
        if living_together is not None:
            together = people.household[kin[:, 0]] == people.household[kin[:, 1]]
            fitting &= together == living_together
        chosen: list[list[int]] = []
        for payer, beneficiary, relation in kin[_some(rng, fitting, _TRIES + _TRIES_EACH * count)].tolist():
            if len(chosen) == count:
                break
            busy = self.taken[payer] or self.taken[beneficiary]
            if not busy and (payer, beneficiary) not in self.granted_pairs:
                chosen.append([payer, beneficiary, relation])
                self.taken[[payer, beneficiary]] = True
        if len(chosen) < count:
            raise UsageError(
                "The simulated city has too few families for its scenes.",
                next_step="Simulate at least 1,000 persons.",
            )
        return np.array(chosen, dtype=np.int64).reshape(-1, 3)

    def pick_household(self, rng: np.random.Generator, least: int) -> Ints:
        """Everyone of one household whose members are all free and enrolled; taken from now on.

        Raises:
            UsageError: no household of that size is free.
        """
        homes, size = np.unique(self.people.household, return_counts=True)
        busy = np.unique(self.people.household[self.taken | ~self.steady])
        free = np.setdiff1d(homes[size >= least], busy)
        if len(free) == 0:
            raise UsageError(
                "The simulated city has too few families for its scenes.",
                next_step="Simulate at least 1,000 persons.",
            )
        members = np.flatnonzero(self.people.household == rng.choice(free))
        self.taken[members] = True
        return members

    def pick_employer(self, rng: np.random.Generator, least: int) -> int:
        """An employer with at least `least` free employees, or the one that has most of them."""
        free = self.people.employer[self.steady & ~self.taken & (self.people.employer >= 0)]
        employers, count = np.unique(free, return_counts=True)
        enough = employers[count >= least]
        return int(rng.choice(enough) if len(enough) else employers[np.argmax(count)])

    def household_of(self, person: int) -> Ints:
        """Everyone who lives with the person, the person included."""
        return np.flatnonzero(self.people.household == self.people.household[person])

    def pick_providers(
        self,
        rng: np.random.Generator,
        kind: str,
        count: int = 1,
        *,
        district: int | None = None,
        subject: bool = False,
    ) -> Ints:
        """Providers of a kind, by popularity; a `subject` has been in no scene and will be in no other.

        In a small city there may be too few in the district, or at all: then they come from elsewhere, or are
        chosen more than once.
        """
        members = np.flatnonzero(self.places.kind == KINDS.index(kind))
        near = members if district is None else members[self.places.district[members] == district]
        unseen = ~self.provider_taken & ~(self.provider_visited & subject)
        free = members[~self.provider_taken[members]]
        pools = (near[unseen[near]], members[unseen[members]], free if len(free) else members)
        pool = next((each for each in pools if len(each) >= count), pools[-1])
        weights = self.places.popularity[pool]
        chosen = rng.choice(pool, count, replace=len(pool) < count, p=weights / weights.sum())
        self.provider_visited[chosen] = True
        if subject:
            self.provider_taken[chosen] = True
        return chosen.astype(np.int64)


def _some(rng: np.random.Generator, fitting: Flags, count: int) -> Ints:
    """Up to `count` of the fitting rows, in random order."""
    rows = np.flatnonzero(fitting)
    return rng.permutation(rng.choice(rows, count, replace=False) if len(rows) > count else rows)


def _kin_homes(people: People) -> dict[int, set[int]]:
    """Households joined by a close relative."""
    homes: dict[int, set[int]] = {}
    first, second = people.household[people.kin[:, 0]], people.household[people.kin[:, 1]]
    apart = first != second
    for here, there in zip(first[apart].tolist(), second[apart].tolist(), strict=True):
        homes.setdefault(here, set()).add(there)
    return homes
