"""The people of the city: households, employers, enrolment and personal accounts.

Everyone is a row number; every attribute is an array over the row numbers. The people insured in the city come
first, then a few relatives who are insured elsewhere in the province.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data_samples.magnitudes import Magnitudes
from data_samples.period import NEVER, Flags, Floats, Ints, Period
from features.money import FEN_PER_YUAN

RETIRED, RESIDENT = 2, 3
"""Categories by index: no contributions any more; no personal account."""

HEAD, SPOUSE, CHILD, PARENT = 0, 1, 2, 3
_POSITIONS = np.array([HEAD, SPOUSE, CHILD, CHILD, PARENT])
_YEAR = 365


@dataclass
class People:
    """Arrays over people.

    Attributes:
        insured: how many of the people are insured here; the later ones are insured elsewhere.
        household, position: household number, and what the person is to its head.
        male, birth_day, district: as registered.
        category, category_later, employer, employer_later: before and from `change_day` (employer -1: none).
        change_day: day from which the later values hold (`NEVER`: no change).
        cover_from, cover_to: first and last day of enrolment.
        pause_from, pause_to: days of suspended benefits (`NEVER`: none).
        death_day: day of death (`NEVER`: alive).
        base: contribution base in fen; opening: account balance before the first day, in fen.
        kin: pairs (one, other, what the other is to the one: 0 spouse, 1 parent, 2 child), both directions.
    """

    insured: int
    household: Ints
    position: Ints
    male: Flags
    birth_day: Ints
    district: Ints
    category: Ints
    category_later: Ints
    employer: Ints
    employer_later: Ints
    change_day: Ints
    cover_from: Ints
    cover_to: Ints
    pause_from: Ints
    pause_to: Ints
    death_day: Ints
    base: Ints
    opening: Ints
    kin: Ints

    @property
    def count(self) -> int:
        """All people, those insured elsewhere included."""
        return len(self.household)

    def insured_here(self, person: Ints) -> Flags:
        """Whether the person has enrolments in this data set."""
        return person < self.insured

    def category_on(self, person: Ints, day: Ints) -> Ints:
        """Category in force on the day."""
        later = day >= self.change_day[person]
        return np.where(later, self.category_later[person], self.category[person])

    def covered(self, person: Ints, day: Ints) -> Flags:
        """Whether the person is alive and enrolled with active status on the day (elsewhere: alive)."""
        there = (day >= self.cover_from[person]) & (day <= self.cover_to[person])
        paused = (day >= self.pause_from[person]) & (day <= self.pause_to[person])
        alive: Flags = day <= self.death_day[person]
        covered: Flags = there & ~paused & alive
        return covered

    def has_account(self, person: Ints) -> Flags:
        """Whether the person owns a personal account here throughout."""
        account: Flags = self.insured_here(person) & (self.category[person] != RESIDENT)
        return account


def settle_people(
    rng: np.random.Generator,
    persons: int,
    districts: Floats,
    period: Period,
    sizes: Magnitudes,
    area: Mapping[str, Any],
) -> People:
    """A population of `persons` insured people and a few relatives insured elsewhere.

    Args:
        rng: the generator of this component.
        persons: how many are insured here.
        districts: share of the population by district.
        period: the months of the city.
        sizes: `magnitudes.toml`.
        area: its part for the pooling area.
    """
    household, position = _households(rng, persons, sizes["households"])
    homes = int(household[-1]) + 1
    home_district = rng.choice(len(districts), homes, p=districts)
    male, age_days = _ages(rng, household, position, area["head_age_mean"])
    category = _categories(rng, male, age_days // _YEAR, sizes["enrolment"])
    employer = _employers(rng, category, sizes["households"]["persons_per_employer"])
    people = People(
        insured=persons,
        household=household,
        position=position,
        male=male,
        birth_day=period.last_day - age_days,
        district=home_district[household],
        category=category,
        category_later=category.copy(),
        employer=employer,
        employer_later=employer.copy(),
        change_day=np.full(persons, NEVER),
        cover_from=period.first_day - rng.integers(400, 4000, persons),
        cover_to=np.full(persons, NEVER),
        pause_from=np.full(persons, NEVER),
        pause_to=np.full(persons, NEVER),
        death_day=np.full(persons, NEVER),
        base=np.zeros(persons, dtype=np.int64),
        opening=np.zeros(persons, dtype=np.int64),
        kin=_kin(rng, household, position, age_days, sizes["households"]["parents_elsewhere"]),
    )
    _lives(rng, people, period, sizes["enrolment"])
    _accounts(rng, people, sizes["accounts"])
    return _with_relatives_elsewhere(rng, people, sizes["households"]["outside_share"])


def _households(
    rng: np.random.Generator, persons: int, sizes: Magnitudes
) -> tuple[Ints, npt.NDArray[np.int64]]:
    size = 1 + rng.choice(len(sizes["size_shares"]), persons, p=sizes["size_shares"])
    household = np.repeat(np.arange(persons), size)[:persons]
    first = np.searchsorted(household, household, side="left")
    return household, _POSITIONS[np.arange(persons) - first]


def _ages(rng: np.random.Generator, household: Ints, position: Ints, mean: float) -> tuple[Flags, Ints]:
    """Sex, and age in days; members are aged by the head of their household."""
    homes = int(household[-1]) + 1
    head_age = np.clip(rng.normal(mean, 15, homes), 23, 88)[household]
    head_male = (rng.random(homes) < 0.6)[household]
    gap = rng.normal(0, 3, len(household))
    shift = np.choose(position, [np.zeros_like(gap), gap, -27 + gap, 26 + gap])
    age = np.clip(head_age + shift, 0.2, 97)
    random_sex = rng.random(len(household)) < 0.5
    male = np.where(position == HEAD, head_male, np.where(position == SPOUSE, ~head_male, random_sex))
    return male, (age * _YEAR + rng.integers(0, _YEAR, len(age))).astype(np.int64)


def _categories(rng: np.random.Generator, male: Flags, age: Ints, sizes: Magnitudes) -> Ints:
    chance = rng.random(len(age))
    active, flexible, _ = np.cumsum(sizes["working_shares"])
    working = np.where(chance < active, 0, np.where(chance < flexible, 1, RESIDENT))
    old = np.where(chance < sizes["old_with_pension"], RETIRED, RESIDENT)
    past_work = age >= np.where(male, 60, 55)
    return np.where(age < 20, RESIDENT, np.where(past_work, old, working)).astype(np.int64)


def _employers(rng: np.random.Generator, category: Ints, size: int) -> Ints:
    """Employer of the active and of most retired people: employers of very different sizes."""
    count = max(4, len(category) // size)
    weights = rng.lognormal(0, 1.0, count)
    employer = rng.choice(count, len(category), p=weights / weights.sum())
    return np.where(category == 0, employer, -1).astype(np.int64)


def _kin(rng: np.random.Generator, household: Ints, position: Ints, age_days: Ints, elsewhere: float) -> Ints:
    """Close relatives: within households, and parents who live in a household of their own."""
    people = np.arange(len(household))
    head = np.searchsorted(household, household, side="left")
    spouse_of = np.full(int(household[-1]) + 1, -1)
    spouse_of[household[position == SPOUSE]] = people[position == SPOUSE]
    spouse = spouse_of[household]
    pairs = [
        _both_ways(head[position == SPOUSE], people[position == SPOUSE], 0, 0),
        _both_ways(head[position == CHILD], people[position == CHILD], 2, 1),
        _both_ways(spouse[position == CHILD], people[position == CHILD], 2, 1),
        _both_ways(head[position == PARENT], people[position == PARENT], 1, 2),
    ]
    years = age_days // _YEAR
    young = people[(position == HEAD) & (years >= 26) & (years < 50)]
    old = people[(position == HEAD) & (years >= 55)]
    count = min(len(old), int(elsewhere * len(young)))
    parents, children = rng.permutation(old)[:count], rng.permutation(young)[:count]
    # Parents are at least 18 years older: other drawn pairs are no family.
    fitting = age_days[parents] - age_days[children] > 18 * _YEAR
    pairs.append(_both_ways(children[fitting], parents[fitting], 1, 2))
    matched = np.concatenate(pairs)
    return matched[(matched[:, 0] >= 0) & (matched[:, 1] >= 0)]


def _both_ways(first: Ints, second: Ints, second_is: int, first_is: int) -> Ints:
    there = np.stack([first, second, np.full(len(first), second_is)], axis=1)
    back = np.stack([second, first, np.full(len(first), first_is)], axis=1)
    return np.concatenate([there, back])


def _lives(rng: np.random.Generator, people: People, period: Period, sizes: Mapping[str, float]) -> None:
    """Enrolment that starts, ends, pauses or changes; deaths end it."""
    count = people.insured
    fate = rng.random(count)
    day = rng.integers(period.first_day + 20, period.last_day - 60, count)
    edges = np.cumsum([sizes[name] for name in ("newly", "left", "paused", "changed", "retiring")])
    born = people.birth_day >= period.first_day
    which = np.where(born, len(edges), np.searchsorted(edges, fate, side="right"))
    working = people.category == 0
    people.cover_from[which == 0] = day[which == 0]
    people.cover_to[which == 1] = day[which == 1]
    people.pause_from[which == 2] = day[which == 2]
    people.pause_to[which == 2] = day[which == 2] + rng.integers(20, 60, count)[which == 2]
    moved = (which == 3) & working
    people.change_day[moved] = day[moved]
    people.employer_later[moved] = rng.permutation(people.employer[working])[: int(moved.sum())]
    retiring = (which == 4) & working & (period.last_day - people.birth_day > 50 * _YEAR)
    people.change_day[retiring] = day[retiring]
    people.category_later[retiring] = 2
    people.employer_later[retiring] = -1
    yearly = np.where(people.category == 2, sizes["deaths_retired"], sizes["deaths_other"])
    dies = (rng.random(count) < yearly * period.days / _YEAR) & (which > 4) & ~born
    people.death_day[dies] = day[dies]
    people.cover_to[dies] = day[dies]
    people.cover_from[:] = np.maximum(people.cover_from, people.birth_day)


def _accounts(rng: np.random.Generator, people: People, sizes: Mapping[str, float]) -> None:
    """Contribution bases, and opening balances: many nothing, a few very much."""
    count = people.insured
    base = rng.lognormal(np.log(sizes["base_median"]), sizes["base_sigma"], count)
    base = np.where(people.category == 1, base * sizes["flexible_base"], base)
    people.base[:] = np.round(base).astype(np.int64) * FEN_PER_YUAN
    opening = rng.lognormal(np.log(sizes["opening_median"]), sizes["opening_sigma"], count)
    opening = np.minimum(opening, sizes["opening_most"])
    opening[rng.random(count) < sizes["opening_zero"]] = 0
    people.opening[:] = np.where(people.category == RESIDENT, 0, np.round(opening * FEN_PER_YUAN)).astype(
        np.int64
    )


def _with_relatives_elsewhere(rng: np.random.Generator, people: People, share: float) -> People:
    """Adds parents who are insured in another area of the province."""
    holders = np.flatnonzero((people.category != RESIDENT) & (people.category != 2))
    children = np.sort(rng.choice(holders, max(2, int(share * people.insured)), replace=False))
    extra = people.insured + np.arange(len(children))
    start = int(people.household[-1]) + 1

    def grown(values: npt.NDArray[Any], added: Any) -> npt.NDArray[Any]:
        return np.concatenate([values, np.broadcast_to(added, len(extra)).astype(values.dtype)])

    return People(
        insured=people.insured,
        household=grown(people.household, start + np.arange(len(extra))),
        position=grown(people.position, HEAD),
        male=grown(people.male, rng.random(len(extra)) < 0.5),
        birth_day=grown(people.birth_day, people.birth_day[children] - 27 * _YEAR),
        district=grown(people.district, people.district[children]),
        category=grown(people.category, RESIDENT),
        category_later=grown(people.category_later, RESIDENT),
        employer=grown(people.employer, -1),
        employer_later=grown(people.employer_later, -1),
        change_day=grown(people.change_day, NEVER),
        cover_from=grown(people.cover_from, -NEVER),
        cover_to=grown(people.cover_to, NEVER),
        pause_from=grown(people.pause_from, NEVER),
        pause_to=grown(people.pause_to, NEVER),
        death_day=grown(people.death_day, NEVER),
        base=grown(people.base, 0),
        opening=grown(people.opening, 0),
        kin=np.concatenate([people.kin, _both_ways(children, extra, 1, 2)]),
    )
