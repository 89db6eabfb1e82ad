"""D10: money of accounts is turned into cash, less a fee, by sales that are none.

An owner's account is emptied soon after each credit; the cards of a family are swept at one counter within days; or
a counter pays out for many unrelated owners, each now and then, in nearly round amounts.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, ring, some_days, window
from data_samples.second.draws import graded, heavies, heavy, strengths

_HUNDRED = 10_000
"""Fen."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """The three ways take turns."""
    for number, strength in enumerate(strengths(rng, instances, 36)):
        (_after_each_credit, _family_swept, _counter_pays_out)[number % 3](city, rng, strength)


def _after_each_credit(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most of each month's credit, within hours or some days, at the same pharmacy."""
    owner = lone(city, rng, age=(22, 85))
    pharmacy = near(city, rng, owner, "pharmacy")
    city.set_opening(owner, heavy(rng, 1_000, 60_000))
    due = city.credits(owner)
    months = min(len(due), heavy(rng, graded(strength, 4, 6, 8), graded(strength, 7, 12, 24), 0.7))
    first = int(rng.integers(0, len(due) - months + 1))
    day, fen = due[first : first + months].T
    day = np.minimum(day + heavies(rng, months, 1, graded(strength, 9, 4, 2), 0.8) - 1, city.period.last_day)
    taken = fen * rng.uniform(graded(strength, 0.6, 0.8, 0.95), 1.0, months)
    _record(city, rng, np.full(months, owner), pharmacy, day, _rounded(rng, taken, strength), strength)


def _family_swept(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Savings of two to five relatives' cards, in large bills close to each other."""
    payer, relative, _ = city.pick_relatives(rng, 1)[0].tolist()
    both = np.array([payer, relative])
    cards = both[city.people.has_account(both)]
    pharmacy = near(city, rng, payer, "pharmacy")
    days = some_days(rng, window(city, rng, graded(strength, 40, 12, 4)), 40)
    bills = heavies(rng, len(cards), graded(strength, 3, 4, 6), graded(strength, 6, 10, 20))
    owner = np.repeat(cards, bills)
    taken = heavies(rng, len(owner), 10_000, graded(strength, 60_000, 120_000, 250_000), 0.8).astype(
        np.float64
    )
    _record(
        city, rng, owner, pharmacy, rng.choice(days, len(owner)), _rounded(rng, taken, strength), strength
    )


def _counter_pays_out(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Owners who have nothing in common come to one counter a few times each."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", subject=True)[0])
    owners = ring(city, rng, heavy(rng, graded(strength, 5, 8, 12), 90), age=(20, 90))
    owner = np.repeat(owners, heavies(rng, len(owners), 1, graded(strength, 4, 7, 15)))
    days = some_days(rng, window(city, rng, graded(strength, 365, 200, 100)), len(owner))
    taken = heavies(rng, len(owner), 20_000, 300_000, 0.9).astype(np.float64)
    day = rng.choice(days, len(owner))
    handles = _paid(city, rng, owner, pharmacy, day, _rounded(rng, taken, strength), strength)
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", pharmacy).member("payer_account", owners).settled(handles)


def _record(
    city: Stage, rng: np.random.Generator, owner: Ints, pharmacy: int, day: Ints, total: Ints, strength: int
) -> None:
    handles = _paid(city, rng, owner, pharmacy, day, total, strength)
    owners = np.unique(owner)
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("payer_account", owners).member("person", owners).member("provider", pharmacy)
    instance.settled(handles)


def _paid(
    city: Stage, rng: np.random.Generator, owner: Ints, pharmacy: int, day: Ints, total: Ints, strength: int
) -> Ints:
    order = np.argsort(day, kind="stable")
    counter = np.where(rng.random(len(owner)) < graded(strength, 0.6, 0.85, 1.0), 0, 1)
    at = np.minimum(by_day(city, rng, day[order]), city.period.last_day * DAY + DAY - 1)
    return city.settle(
        rng, owner[order], pharmacy, at, total=total[order], in_scope=True, counter=counter, doctor=-1
    )


def _rounded(rng: np.random.Generator, fen: np.ndarray, strength: int) -> Ints:
    """Some amounts as round as those who agree on cash make them, others a little below."""
    step = np.where(rng.random(len(fen)) < 0.5, _HUNDRED, _HUNDRED // 2)
    round_ = np.maximum(np.round(fen / step), 1) * step
    off = np.where(rng.random(len(fen)) < 0.4, heavies(rng, len(fen), 10, 900), 0)
    kept = rng.random(len(fen)) < graded(strength, 0.35, 0.65, 0.9)
    return np.where(kept, round_ - off, np.maximum(fen, 500)).astype(np.int64)
