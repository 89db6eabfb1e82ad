"""Purchases of a relative that another's account pays, and how they are told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import Ints
from data_samples.scenes import DAY, Stage, second

KIN = RELATIONS[:3]
"""Relations as `pick_relatives` numbers them; they have been permitted from the beginning."""


def purchases(
    city: Stage, rng: np.random.Generator, payer: int, patient: int, at: Ints | Sequence[int]
) -> Ints:
    """The patient buys at these times (seconds) at a pharmacy of the district; the payer's account pays."""
    place = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[patient]))[0])
    moments = np.asarray(at, dtype=np.int64)
    return city.settle(rng, patient, place, moments, purse="relative", payer=payer)


def ordinary_times(city: Stage, rng: np.random.Generator, count: int, first: int, last: int) -> Ints:
    """So many times in opening hours on different days between these two."""
    return city.days(rng, count, first, last) * DAY + rng.integers(second(8.5), second(20), count)


def record(city: Stage, payer: int, patient: int, handles: Ints) -> None:
    """Records the payments as look-alikes of payments without a valid authorization."""
    instance = city.instance("family_authorization_violation", lookalike=True)
    instance.subject("payer_account", payer).member("person", patient).settled(handles)
