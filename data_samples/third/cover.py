"""Honest business around dishonest business; no truth names it."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.third.cast import passers_by
from data_samples.third.dice import paretos
from data_samples.third.pace import Span, every_day, usual


def own_purchases(
    city: Stage, rng: np.random.Generator, people: Ints, shop: int, span: Span, each: float
) -> None:
    """What these people buy there for themselves, so many times each on average."""
    count = rng.poisson(each, len(people))
    who = np.repeat(people, count)
    if len(who):
        days = rng.choice(every_day(span), len(who))
        city.settle(rng, who, shop, usual(city, rng, days), certain=False)


def customers(city: Stage, rng: np.random.Generator, place: int, days: Ints, a_day: float) -> None:
    """Other people who buy or are seen there on these days."""
    care, profile = ("pharmacy", "pharmacy") if city.places.kind[place] == 0 else ("outpatient", "other")
    count = np.minimum(paretos(rng, len(days), a_day * 0.7, 2.5, 60), 60)
    when = np.repeat(days, count)
    if len(when):
        pool = passers_by(city, rng, 4 * len(when), place)
        city.settle(
            rng,
            rng.choice(pool, len(when)),
            place,
            usual(city, rng, when, profile),
            care=care,
            certain=False,
        )
