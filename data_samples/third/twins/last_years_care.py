"""Care of December that is settled in January: it is priced by the year in which it was given."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills
from data_samples.third.goods import given_on
from data_samples.third.pace import since_reform, usual
from data_samples.third.values import year_ends


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A hospital that closes its books between the years and sends everything in the second week."""
    ends = [
        day for day in year_ends(city) if day - since_reform(city) > 20 and day + 14 < city.period.last_day
    ]
    if not ends:
        return
    hospital = host(city, rng, "hospital")
    end = int(rng.choice(ends))
    guests = passers_by(city, rng, min(40, max(6, city.people.insured // 300)), hospital)
    served = end - rng.integers(0, 12, len(guests))
    settled = end + rng.integers(6, 14, len(guests))
    at = usual(city, rng, settled, "other")
    handles = city.settle(
        rng,
        guests,
        hospital,
        at,
        care="outpatient",
        total=bills(rng, len(guests), 340, 0.6),
        channel="manual",
        certain=False,
        **given_on(at, served),
    )
    instance = city.instance("benefit_recalc_mismatch", lookalike=True)
    about(city, instance, hospital).settled(handles)
