"""The flu season of the whole city: clinics and pharmacies are full for some weeks of the winter."""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.dice import bills
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between

_WINTER = ("12", "01", "02")


@twin(2)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A tenth of the city, a visit and often a purchase the same day."""
    winters = [
        day for day in city.period.month_starts.tolist() if str(np.datetime64(day, "D"))[5:7] in _WINTER
    ]
    if not winters:
        return
    peak = int(rng.choice(winters)) + int(rng.integers(0, 28))
    free = np.flatnonzero(city.steady & ~city.taken)
    ill = free[rng.random(len(free)) < 0.1]
    days = peak + np.round(9 * rng.standard_normal(len(ill))).astype(np.int64)
    inside = (days >= city.period.first_day) & (days <= city.period.last_day)
    ill, days = ill[inside], days[inside]
    flu = drugs(rng, 4)
    seen = between(rng, days, 8.0, 18.0)
    bought = seen + rng.integers(40, 180, len(ill)) * MINUTE
    for kind, care, share, at in (
        ("clinic", "outpatient", 0.6, seen),
        ("pharmacy", "pharmacy", 0.7, bought),
    ):
        going = rng.random(len(ill)) < share
        who = ill[going]
        if len(who) == 0:
            continue
        homes = city.people.district[who]
        places = np.concatenate([city.pick_providers(rng, kind, district=int(home)) for home in homes])
        city.settle(
            rng,
            who,
            places,
            at[going],
            care=care,
            total=bills(rng, len(who), 75, 0.4),
            item=mixed(rng, len(who), flu, 0.8),
            supply=7,
            certain=False,
        )
