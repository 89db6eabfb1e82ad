"""A man leaves the photograph of his code with relatives in another town; on some days both use it within the hour.

Kind of case: credentials lent for good; the lender is where he always is, the borrower where he never was.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import around, grown, spells
from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, sums, wide
from data_samples.fourth.rhythm import phase
from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.dice import chance, thinned


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most of what the borrower does collides with nothing; the two moments come closer than any bus."""
    lender = owner(city, rng, age=(25, 85))
    home = nearby(city, rng, lender, str(rng.choice(["pharmacy", "clinic"])))
    away = np.array([farthest(city, rng, home, kind) for kind in ("pharmacy", "clinic", "pharmacy")])
    days = grown(rng, spells(rng, phase(city, rng, strength, 20, 400)), number(rng, strength, 3, 60))
    days = np.unique(days)
    desk = np.array([nearby(city, rng, lender, "primary_care")])
    borrowed = around(rng, days, float(rng.uniform(9, 18)), wide(rng, 0.5, 3.0))
    lent = buy_or_visit(
        city,
        rng,
        lender,
        rng.choice(away, len(days)),
        borrowed,
        desks=desk if chance(rng, 0.5) else None,
        total=sums(rng, len(days), 60, 320, 2_500),
        certain=False,
    )
    both = np.sort(thinned(rng, np.arange(len(days)), wide(rng, 0.1, 0.7), 1))
    apart = np.round(np.exp(rng.uniform(np.log(3), np.log(75), len(both)))).astype(np.int64) * MINUTE
    own_at = borrowed[both] + apart * rng.choice([-1, 1], len(both))
    own = buy_or_visit(
        city,
        rng,
        lender,
        np.full(len(both), home),
        own_at,
        total=sums(rng, len(both), 40, 200),
        certain=False,
    )
    instance = city.instance("impossible_travel", strength=strength).subject("person", lender)
    instance.settled(lent).settled(own)
