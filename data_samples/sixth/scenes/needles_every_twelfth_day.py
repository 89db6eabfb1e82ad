"""A clinic of traditional medicine enters needles and herbs for patients who only lend their cards.

Kind of case: two private clinics whose patients came every twelfth or twenty-fourth day without coming at all.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import herbs
from data_samples.scenes import Stage
from data_samples.sixth.rounds import in_line, on_the, rounds, season
from data_samples.sixth.sizes import amounts, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import spare, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import every_day, since_reform


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Entries of several patients follow each other within minutes on two days of the week; each has two bills."""
    clinic = suspect(city, rng, "clinic")
    lenders = city.pick_people(rng, spare(city, whole(rng, strength, 4, 45)), age=(28, 85))
    span = season(city, rng, strength, 60, 420, since_reform(city))
    turn, days = rounds(rng, len(lenders), span, float(rng.choice([12, 12, 24, 8])))
    desk_days = rng.permutation(6)[:2]
    days = np.maximum(on_the(days, int(desk_days[0])) + rng.integers(0, 2, len(days)) * 3, span[0])
    order = np.argsort(days, kind="stable")
    who, days = lenders[turn[order]], np.minimum(days[order], city.period.last_day)
    at = in_line(rng, days, (9.0, 14.5), 3)
    instance = city.instance("fictitious_purchase", strength=strength)
    instance.subject("provider", clinic).member("person", lenders)
    pool = herbs(rng, 6)
    for wait, low, high in ((0, 60, 130), (70, 150, 480)):
        instance.settled(
            city.settle(
                rng,
                who,
                clinic,
                at + wait + rng.integers(0, 60, len(at)),
                care="outpatient",
                total=amounts(rng, len(at), low, high),
                item=favored(rng, pool, len(at)),
                doctor=0,
                certain=False,
            )
        )
    customers(city, rng, clinic, every_day(span)[:: int(rng.integers(2, 5))], 2.5)
