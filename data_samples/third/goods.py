"""What is sold: items, and the prescriptions for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.other_rows import ITEMS, LIMITED_ITEMS, WATCHED_FROM, item_kinds
from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage

_ORDINARY = range(1, 280)


def drugs(rng: np.random.Generator, count: int, *, watched: bool = False) -> Ints:
    """Different drugs, ordinary ones or those that are easily resold."""
    pool = np.arange(WATCHED_FROM, ITEMS) if watched else np.arange(_ORDINARY.start, _ORDINARY.stop)
    pool = pool[item_kinds()[pool] == 0]
    chosen: Ints = rng.choice(pool, count, replace=count > len(pool)).astype(np.int64)
    return chosen


def mixed(rng: np.random.Generator, count: int, favored: Ints, share: float) -> Ints:
    """Items of so many sales: some of the favored ones with this probability, otherwise anything."""
    usual = (rng.random(count) ** 1.6 * 280).astype(np.int64)
    chosen: Ints = np.where(rng.random(count) < share, rng.choice(favored, count), usual)
    return chosen


def limited(rng: np.random.Generator, name: str) -> int:
    """An item with a limit: `female`, `male`, `child`, `adult` or `test`."""
    return int(rng.choice(np.array(LIMITED_ITEMS[name])))


def given_on(at: Ints, served: Ints) -> dict[str, Any]:
    """Fields of bills for care of an earlier day (-1: of the day itself), prescribed when the care was given."""
    written = np.where(served < 0, at - 30 * MINUTE, served * DAY + 10 * 60 * MINUTE)
    return {"served": served, "prescribed": written}


def prescribed(
    city: Stage,
    rng: np.random.Generator,
    desk: int | Ints,
    at: Ints,
    *,
    doctor: int | Ints | None = None,
    minutes: tuple[int, int] = (4, 240),
) -> dict[str, Any]:
    """Fields of sales on a prescription that a doctor at the desk wrote so many minutes before."""
    desks = np.broadcast_to(np.asarray(desk, dtype=np.int64), len(at))
    anyone = (rng.random(len(at)) ** 1.5 * city.places.doctors[desks]).astype(np.int64)
    who = anyone if doctor is None else doctor
    before = np.exp(rng.uniform(np.log(minutes[0]), np.log(minutes[1]), len(at))) * MINUTE
    return {"desk": desks, "doctor": who, "prescribed": at - before.astype(np.int64)}
