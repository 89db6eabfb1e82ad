"""Nurses of a community station buy insured people's boxes cheaply, and the station sells them once more.

Kind of case: a station whose staff bought patients' drugs, found by codes that pharmacies had settled months before.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import hours, turns
from data_samples.seventh.measure import between_any, grade, how_many, leaning, price_list
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, several, suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Sellers have real prescriptions; only a part of their boxes comes back."""
    station = suspect(city, rng, "primary_care")
    start = since_scans(city)
    span = (start, max(start + 10, city.period.last_day - 15))
    sellers = people(city, rng, how_many(rng, strength, 2, 22), account=True, age=(50, 92))
    shops = several(city, rng, 4, "pharmacy")
    turn, days = turns(rng, len(sellers), span, between_any(rng, 16, 36))
    own = drugs(rng, len(sellers))
    packs = 1 + rng.binomial(4, 0.4, len(turn))
    price = price_list(rng, 22, 90)[rng.integers(0, 7, len(sellers))]
    bought = city.settle(
        rng,
        sellers[turn],
        leaning(rng, shops, len(turn)),
        hours(rng, days, "shop"),
        total=price[turn] * packs,
        item=own[turn],
        packs=packs,
    )
    back = np.flatnonzero(rng.random(len(turn)) < grade(rng, strength, 0.2, 0.85))
    back = back if len(back) else np.array([0])
    later = np.minimum(days[back] + 6 + rng.geometric(1 / 35, len(back)), city.period.last_day)
    sold = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 2 * len(back), station), len(back)),
        station,
        np.maximum(hours(rng, later, "desk"), (days[back] + 1) * DAY + second(7.5)),
        care="outpatient",
        total=price[turn[back]] * packs[back],
        item=own[turn[back]],
        packs=packs[back],
        certain=False,
    )
    city.sell_again(sold, bought[back])
    instance = city.instance("trace_code_origin_conflict", strength=strength)
    instance.subject("provider", station).settled(bought[back]).settled(sold)
    honest_days(city, rng, station, span)
