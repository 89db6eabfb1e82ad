"""People whom scenes need and the stage does not name: quiet account owners, families, recorded relatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import Flags, Ints
from data_samples.scenes import Stage
from data_samples.third.cast import spare
from features.errors import UsageError


@contextmanager
def only(city: Stage, fitting: Flags) -> Iterator[None]:
    """Within it the stage picks the fitting people only; those who are picked stay taken."""
    outside = ~fitting & ~city.taken
    city.taken[outside] = True
    try:
        yield
    finally:
        city.taken[outside] = False


def among(city: Stage, rng: np.random.Generator, fitting: Flags, wanted: int, **choice: Any) -> Ints:
    """Unrelated people among the fitting ones, as many as there are; `choice` as of `pick_people`."""
    with only(city, fitting):
        for count in (wanted, max(wanted // 2, 1), 1):
            try:
                return city.pick_people(rng, count, **choice)
            except UsageError:  # fewer, then
                continue
    return np.zeros(0, dtype=np.int64)


def quiet_owners(city: Stage, rng: np.random.Generator, wanted: int, **choice: Any) -> Ints:
    """Owners of accounts who hardly ever go anywhere."""
    share = 0.3
    line = np.quantile(city.settlements_of[: city.people.insured], share)
    return among(city, rng, city.settlements_of <= line, spare(city, wanted), account=True, **choice)


def family_around(
    city: Stage, rng: np.random.Generator, least: int, *, pays: bool, relations: Sequence[str] = RELATIONS
) -> tuple[int, list[tuple[int, str]]]:
    """A person and free relatives without any authorization between them, all taken from now on.

    Args:
        city: the stage.
        rng: the scene's generator.
        least: how many relatives at least, if anybody has so many.
        pays: whether the person is the one whose account can pay for the relatives, or they can pay for the person.
        relations: of these only, what the beneficiary is to the payer.

    Returns:
        The person, and for each relative who it is and what the beneficiary is to the payer.

    Raises:
        UsageError: no such people are free.
    """
    side = 0 if pays else 1
    free = city.steady & ~city.taken
    kin = city.people.kin[np.isin(city.people.kin[:, 2], [RELATIONS.index(name) for name in relations])]
    kin = kin[free[kin[:, 0]] & free[kin[:, 1]] & city.people.has_account(kin[:, 0])]
    kin = kin[[(payer, other) not in city.granted_pairs for payer, other, _ in kin.tolist()]]
    who, count = np.unique(kin[:, side], return_counts=True)
    if len(who) == 0:
        raise UsageError(
            "The simulated city has too few families for its scenes.",
            next_step="Simulate at least 1,000 persons.",
        )
    center = int(rng.choice(who[count >= min(least, int(count.max()))]))
    pairs = kin[kin[:, side] == center]
    _, first = np.unique(pairs[:, 1 - side], return_index=True)
    others = [(int(row[1 - side]), RELATIONS[int(row[2])]) for row in pairs[np.sort(first)]]
    city.taken[[center, *(person for person, _ in others)]] = True
    return center, others


def unseen_relatives(city: Stage, rng: np.random.Generator) -> tuple[int, int, str] | None:
    """An account owner, a relative and what that is to the owner, with neither anything planted so far; or None."""
    unseen = np.ones(city.people.count, dtype=bool)
    unseen[city.drafts().person] = False
    with only(city, unseen):
        try:
            payer, relative, relation = city.pick_relatives(rng, 1)[0].tolist()
        except UsageError:  # in a small city everybody has been seen
            return None
    return payer, relative, RELATIONS[relation]
