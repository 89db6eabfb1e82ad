"""Relatives who are free to play together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import Ints
from data_samples.scenes import Stage


@dataclass(frozen=True)
class Tie:
    """One relative of somebody: who, and what the relative is to that person."""

    person: int
    relation: str


class Kinship:
    """The close relatives of everyone, looked up quickly.

    Args:
        city: the stage.
    """

    def __init__(self, city: Stage) -> None:
        self.city = city
        order = np.argsort(city.people.kin[:, 0], kind="stable")
        self._kin = city.people.kin[order]
        self._first = np.searchsorted(self._kin[:, 0], np.arange(city.people.count + 1))

    def of(self, person: int) -> list[Tie]:
        """Everyone recorded by the simulator as the person's spouse, parent or child."""
        rows = self._kin[self._first[person] : self._first[person + 1]]
        return [Tie(other, RELATIONS[relation]) for _, other, relation in rows.tolist()]

    def free(self, person: int) -> list[Tie]:
        """Those of them who are enrolled throughout and play nowhere yet."""
        return [tie for tie in self.of(person) if self._is_free(tie.person)]

    def free_owners(self, rng: np.random.Generator, least: int) -> list[int]:
        """Free people, in random order, with an account and at least so many relatives."""
        city = self.city
        enough = np.diff(self._first) >= least
        owners = city.people.has_account(np.arange(city.people.count))
        fitting = np.flatnonzero(enough & owners & city.steady & ~city.taken)
        people: list[int] = rng.permutation(fitting).tolist()
        return people

    def take(self, people: list[int] | Ints) -> None:
        """These people play from now on."""
        self.city.taken[people] = True

    def _is_free(self, person: int) -> bool:
        return bool(self.city.steady[person] and not self.city.taken[person])
